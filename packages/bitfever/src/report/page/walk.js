/** @import { WalkPageData } from "../page-data.ts" */
import { startCursors } from "./cursors.js";
import { byId } from "./dom.js";
import { startTheme } from "./theme.js";
import { startTips } from "./tips.js";

/** @type {WalkPageData} */
const data = JSON.parse(byId("report-data").textContent ?? "");
startCursors(data.cursor, data.moneyDecimals);
startTheme(() => undefined);
startTips();

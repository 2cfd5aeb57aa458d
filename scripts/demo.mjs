// `npm run demo`: sets up what it needs, then does the main job once: compile an example, run it, write the report.

import { pathToFileURL } from "node:url";
import { examples, program } from "./examples.mjs";
import { root, run } from "./process.mjs";
import { setup } from "./setup.mjs";

const report = "demo-report.html";

await setup();

const example = examples().find(({ name }) => name === "moving-average-cross");
const command = ["backtest", example.file, ...example.given, "--report", report];
console.log(`bf ${command.join(" ")}\n`);
const { code } = await run([...program("bf"), ...command]);
if (code === 0)
  console.log(`\nThe report is ${report}: open ${pathToFileURL(root + report).href} in a browser.`);
process.exitCode = code;

import { arrowFile } from "@bitfever/engine";
import { csv } from "../tables.js";
import { parameterCell, tableCsv, tableOf, type TableColumn } from "./table.js";
import type { WalkedWindow, WalkResult } from "./walk-result.js";

/** The windows as columns: sessions, trials, parameters, what the choice came to where it was made and after, metrics. */
export function tableOfWindows({ windows, parameters, objectives }: WalkResult): ReturnType<typeof tableOf> {
  const [{ text }] = objectives;
  const measured = new Set(windows.flatMap(({ metrics }) => Object.keys(metrics)));
  type Column = TableColumn<WalkedWindow>;
  return tableOf(windows, [
    ["window", (_, place) => place + 1],
    ["learnt_from", ({ learnt }) => learnt.from],
    ["learnt_to", ({ learnt }) => learnt.to],
    ["learnt_sessions", ({ learnt }) => learnt.sessions],
    ["traded_from", ({ traded }) => traded.from],
    ["traded_to", ({ traded }) => traded.to],
    ["traded_sessions", ({ traded }) => traded.sessions],
    ["trials", ({ trials }) => trials],
    ...parameters.map(({ name }): Column => [name, ({ params }) => parameterCell(params?.[name])]),
    [`in sample: ${text}`, ({ inSample }) => inSample],
    [`out of sample: ${text}`, ({ outOfSample }) => outOfSample],
    ["in sample: yearly return", ({ inSampleReturn }) => inSampleReturn],
    ["out of sample: yearly return", ({ outOfSampleReturn }) => outOfSampleReturn],
    ...[...measured].map((name): Column => [name, ({ metrics }) => metrics[name] ?? null]),
  ]);
}

/**
 * The windows of a walk as CSV, a line each; metrics are of the sessions that were traded.
 *
 * @example
 * const result = await walkForward(searched, bars, { train: 400, test: 200, trials: 5 }).result;
 * console.log(windowsCsv(result).split("\n").length);
 */
export const windowsCsv = (result: WalkResult): string => tableCsv(tableOfWindows(result));

/**
 * The windows of a walk as an Arrow IPC file.
 *
 * @example
 * const result = await walkForward(searched, bars, { train: 400, test: 200, trials: 5 }).result;
 * await writeFile("windows.arrow", await windowsArrow(result));
 */
export const windowsArrow = (result: WalkResult): Promise<Uint8Array> => arrowFile(tableOfWindows(result));

/**
 * The account out of sample at each session as CSV.
 *
 * @example
 * const result = await walkForward(searched, bars, { train: 400, test: 200, trials: 5 }).result;
 * console.log(walkEquityCsv(result).split("\n")[0]);
 */
export const walkEquityCsv = ({ equity }: WalkResult): string =>
  csv(
    ["date", "equity"],
    equity.map(({ date, equity: value }) => [date, value]),
  );

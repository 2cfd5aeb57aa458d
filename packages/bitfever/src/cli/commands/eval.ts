import { isoTime } from "@bitfever/engine";
import { Command } from "commander";
import { evaluate, type EvaluatedColumn } from "../../evaluate.js";
import { readBarFile, writeWhole } from "../../files.js";
import { csv } from "../../tables.js";
import { noteDefects } from "../data-notes.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { addDataOptions, collectPair, readOptionsOf, settingsOf, type DataFlags } from "../options.js";

interface Flags extends DataFlags {
  readonly csv?: string;
  readonly set?: Record<string, string>;
}

const shownRows = 10;

/** `bf eval`: the columns of an expression. */
export function evalCommand(io: Io, done: (code: ExitCode) => void): Command {
  return addDataOptions(new Command("eval"))
    .summary("Compute an expression over bars")
    .description(
      "Computes an expression over bars. Without --csv the last bars are printed.\nA function with several outputs has a column for each.",
    )
    .argument("<expression>", "such as 'macd(close, 12, 26, 9)' or 'close crosses above sma(close, 20)'")
    .option("--set <name=value>", "a setting: zone, session_start (repeatable)", collectPair)
    .option("--csv <path>", "write every bar as CSV; - for stdout")
    .action(async (expression: string, flags: Flags) => {
      const settings = settingsOf(flags);
      const read = await readBarFile(flags.data, readOptionsOf(flags));
      noteDefects(io, flags.data, read);
      const columns = evaluate(expression, read.bars, settings);
      const header = ["time", ...columns.map((each) => each.name)];
      const rows = rowsOf(read.bars.time, columns);
      if (flags.csv === undefined)
        io.out(table([header, ...rows.slice(-shownRows).map((row) => row.map(String))]));
      else if (flags.csv === "-") io.out(csv(header, rows));
      else await writeWhole(flags.csv, csv(header, rows));
      done(exitCodes.fine);
    });
}

function rowsOf(time: Float64Array, columns: readonly EvaluatedColumn[]): (string | number | null)[][] {
  return Array.from(time, (at, i) => [
    isoTime(at),
    ...columns.map(({ values }) => (Number.isNaN(values[i]) ? null : values[i])),
  ]);
}

function table(rows: readonly (readonly string[])[]): string {
  const text = rows.map((row) => row.map((cell) => (cell === "null" ? "–" : cell)));
  const widths = text[0].map((_, i) => Math.max(...text.map((row) => row[i].length)));
  return text.map((row) => `${row.map((cell, i) => cell.padStart(widths[i])).join("  ")}\n`).join("");
}

import { cwd } from "node:process";
import type { FieldName } from "@bitfever/lang";
import type { ReportedTrade } from "@bitfever/engine";
import type { DeskInput, ReplayDifference, SymbolBar } from "@bitfever/runtime";
import { Command } from "commander";
import { ownPartsOfJournal } from "../../configuration/plugins-of-journal.js";
import { jsonText } from "../../json-text.js";
import { differenceText } from "../../trading/difference-text.js";
import { readAccount, type ReadAccount, type ReplayCounts } from "../../trading/read-account.js";
import { stateJson, type WrittenState } from "../account-outputs.js";
import { stateLines } from "../account-text.js";
import { countOf, exitCodes, paintOf, type ExitCode, type Io } from "../io.js";
import { wholeFrom } from "../options.js";
import { writeOutputs } from "../outputs.js";
import { printable } from "../printable.js";

interface Flags {
  readonly json?: string;
  readonly from?: number;
}

/** `bf replay`: a journal told again, and every decision compared with what it was. */
export function replayCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Tell a journal again, and compare every decision with what it was";
  return new Command("replay")
    .summary(summary)
    .description(
      `${summary}.\nThe journal is enough: programs, parameters, settings and gates are its first record. One that is being written can be read. ` +
        "Plug-ins that it was made with are looked for in the current folder.\n" +
        "Exit code: 0 the same decisions, 1 another one, which is shown, 2 wrong usage or no such journal.",
    )
    .argument("<journal>", "the folder of bf paper --journal")
    .option("--json <path>", "write what was told and how the account stands as JSON; - for stdout")
    .option(
      "--from <record>",
      "begin at the newest state that was kept, if it follows no later record than this: for long journals",
      wholeFrom(0),
    )
    .action(async (journal: string, { json, from = 0 }: Flags) => {
      const read = readAccount(journal, from, await ownPartsOfJournal(journal, cwd()));
      await writeOutputs(io, [[json, () => jsonText(resultOf(read))]], replayText(io, read));
      done(read.difference === null ? exitCodes.fine : exitCodes.failed);
    });
}

function replayText(io: Io, read: ReadAccount): string {
  const paint = paintOf(io);
  const { setup, counts, difference, damage, from, last, state, made } = read;
  const { turns, instants, orders, cancels, fills, refused } = counts;
  const gates = Object.entries(refused).map(([code, count]) => `  refused by ${code}: ${count}`);
  const start = from === 0 ? "from the beginning" : `from the state behind record ${from}`;
  return [
    `${paint.strong(printable(setup.account))}  ${paint.faint(`${setup.kind} account, ${countOf(last, "record")}, told ${start}`)}`,
    `${countOf(turns, "turn")}, ${instants} with bars: ${countOf(orders, "order")}, ${countOf(cancels, "cancel")}, ${countOf(fills, "fill")}`,
    ...gates,
    ...(damage === null ? [] : [`${paint.warning("journal")}: ${damage}`]),
    "",
    ...(difference === null
      ? [paint.good("every decision is the one that was kept"), "", ...stateLines(io, state)]
      : [
          `${paint.error("error BF5183")}: another decision than the one that was kept`,
          ...differenceText(difference, made).map((each) => `  ${printable(each)}`),
          `  ${paint.faint("=")} help: the journal was begun with BitFever ${printable(setup.version)}; nothing behind this turn was told`,
        ]),
  ].join("\n");
}

/** What a desk heard in a turn, what it decided then, and what it decides now. */
export interface WrittenDifference extends Omit<ReplayDifference, "heard"> {
  readonly heard: readonly WrittenInput[];
}

/** What a desk hears, with what a bar does not know as null: JSON has no NaN. */
type WrittenInput =
  | Exclude<DeskInput, { kind: "bars" }>
  | (Omit<Extract<DeskInput, { kind: "bars" }>, "bars"> & {
      readonly bars: readonly (Omit<SymbolBar, "bar"> & {
        readonly bar: Readonly<Record<FieldName, number | null>>;
      })[];
    });

/** What `bf replay --json` writes. */
export interface WrittenReplay extends ReplayCounts {
  readonly schema: "bitfever/replay@1";
  readonly kind: "paper" | "live";
  /** The BitFever that began the journal. */
  readonly version: string;
  readonly records: number;
  readonly from: number;
  readonly damage: string | null;
  /** The first decision that is another now; nothing after it is told. Prices and quantities are steps of the instrument, times milliseconds UTC. */
  readonly difference: WrittenDifference | null;
  readonly state: WrittenState;
  readonly trades: readonly (ReportedTrade & { readonly strategy: string; readonly symbol: string })[];
}

const resultOf = ({
  setup,
  counts,
  difference,
  damage,
  from,
  last,
  state,
  trades,
}: ReadAccount): WrittenReplay => ({
  schema: "bitfever/replay@1",
  kind: setup.kind,
  version: setup.version,
  ...{ records: last, from, damage, ...counts, difference },
  state: stateJson(state),
  trades,
});

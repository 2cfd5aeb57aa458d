import { cwd } from "node:process";
import { Command } from "commander";
import { ownPartsOfJournal } from "../../configuration/plugins-of-journal.js";
import type { ListedPosition } from "@bitfever/engine";
import { BitFeverError } from "@bitfever/lang";
import { readPositions } from "../../files.js";
import { jsonText } from "../../json-text.js";
import { differencesWith, type UnitDifference } from "../../trading/position-check.js";
import { readAccount, type ReadAccount } from "../../trading/read-account.js";
import { differenceText } from "../../trading/difference-text.js";
import { stateJson, type WrittenState } from "../account-outputs.js";
import { money, stateLines } from "../account-text.js";
import { exitCodes, paintOf, showError, type ExitCode, type Io } from "../io.js";
import { writeOutputs } from "../outputs.js";
import { printable } from "../printable.js";

interface Flags {
  readonly positions?: string;
  readonly json?: string;
}

/** `bf reconcile`: what a journal says is held and open, beside what the venue says. */
export function reconcileCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Say what a journal holds and has open, and compare it with what the venue says";
  return new Command("reconcile")
    .summary(summary)
    .description(
      `${summary}.\nNothing is corrected, in the journal or anywhere.\n` +
        "Exit code: 0 fine, 1 the journal does not decide again as it did, 2 wrong usage or no such journal, 3 positions differ, 4 positions that cannot be read.",
    )
    .argument("<journal>", "the folder of bf paper --journal")
    .option("--positions <path>", "CSV with symbol and quantity (signed units), as a venue exports it")
    .option("--json <path>", "write it as JSON; - for stdout")
    .action(async (journal: string, flags: Flags) => {
      const positions = flags.positions === undefined ? null : await readPositions(flags.positions);
      // From the newest state there is: what lies before it was checked when it was made.
      const read = readAccount(journal, Infinity, await ownPartsOfJournal(journal, cwd()));
      if (read.difference !== null) {
        const text = differenceText(read.difference, read.made).map(printable).join("\n");
        showError(
          io,
          new BitFeverError("BF5183", `what is decided now is not what was decided then\n${text}`, {
            hint: "`bf replay` tells all of it again",
          }),
        );
        done(exitCodes.failed);
        return;
      }
      const differences = positions === null ? null : differencesWith(read, positions);
      await writeOutputs(
        io,
        [[flags.json, () => jsonText(resultOf(read, positions, differences))]],
        reconcileText(io, read, differences),
      );
      done(differences === null || differences.length === 0 ? exitCodes.fine : exitCodes.assertion);
    });
}

function reconcileText(io: Io, read: ReadAccount, differences: readonly UnitDifference[] | null): string {
  const paint = paintOf(io);
  const { setup, state, last, damage } = read;
  const unknown = state.orders.filter((each) => each.state === "unknown" || each.state === "sent");
  const lines = [
    `${paint.strong(printable(setup.account))}  ${paint.faint(`${setup.kind} account, ${last} records`)}`,
    ...(damage === null ? [] : [`${paint.warning("journal")}: ${damage}`]),
    ...stateLines(io, state),
    "",
    ...state.seats.flatMap(({ strategy, symbol, own }) =>
      own === null ? [] : `  cash of ${printable(strategy)} on ${printable(symbol)}: ${money(own.cash)}`,
    ),
    ...state.universes.map(({ strategy, cash }) => `  cash of ${printable(strategy)}: ${money(cash)}`),
    "",
    state.isSettled
      ? "positions and orders were those of the venue when they were last compared"
      : paint.warning("positions and orders have not been compared with the venue since the last start"),
  ];
  if (unknown.length > 0)
    lines.push(
      paint.warning(`nobody has said what became of ${unknown.map((each) => each.orderId).join(", ")}`),
    );
  if (differences !== null)
    lines.push(
      "",
      ...(differences.length === 0
        ? [paint.good("the venue holds what the journal says")]
        : differences.map(
            ({ symbol, ours, theirs }) =>
              `${paint.error("difference")}: ${printable(symbol)}: the journal holds ${ours}, the venue ${theirs}`,
          )),
    );
  return lines.join("\n");
}

/** What `bf reconcile --json` writes. */
export interface WrittenReconciliation {
  readonly schema: "bitfever/reconcile@1";
  readonly kind: "paper" | "live";
  readonly records: number;
  readonly damage: string | null;
  readonly state: WrittenState;
  /** What the venue is said to hold, and where the journal holds something else; both left out where nobody said. */
  readonly positions?: readonly ListedPosition[];
  readonly differences?: readonly UnitDifference[] | null;
}

const resultOf = (
  { setup, state, last, damage }: ReadAccount,
  positions: readonly ListedPosition[] | null,
  differences: readonly UnitDifference[] | null,
): WrittenReconciliation => ({
  schema: "bitfever/reconcile@1",
  kind: setup.kind,
  ...{ records: last, damage },
  state: stateJson(state),
  ...(positions !== null && { positions, differences }),
});

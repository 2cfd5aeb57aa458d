import { cwd } from "node:process";
import { Command } from "commander";
import { ownPartsOfJournal } from "../../configuration/plugins-of-journal.js";
import { BitFeverError } from "@bitfever/lang";
import {
  deskRecords,
  drift,
  driftText,
  fileStore,
  Gatekeeper,
  readJournal,
  type ClosedBars,
} from "@bitfever/runtime";
import { jsonText } from "../../json-text.js";
import { deskOfSetup, deskOver } from "../../trading/desk-of-setup.js";
import { instantsOf } from "../../trading/instants.js";
import { keptSetup } from "../../trading/kept-setup.js";
import { readHistories } from "../account-command.js";
import { exitCodes, showError, type ExitCode, type Io } from "../io.js";
import { positive } from "../options.js";
import { writeOutputs } from "../outputs.js";
import { printable } from "../printable.js";

interface Flags {
  readonly bars?: readonly string[];
  readonly late: number;
  readonly json?: string;
}

/** `bf drift`: what made an account come to something else than a backtest of the same programs. */
export function driftCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Say what made an account differ from a backtest of the same programs";
  return new Command("drift")
    .summary(summary)
    .description(
      `${summary}: data, signals, fills, fees, refusals and hands, in money that comes to the difference.\n` +
        "The journal is enough; with --bars the backtest runs over those, as the venue's history has them afterwards.\n" +
        "Exit code: 0 told, 1 the journal does not decide again as it did, 2 wrong usage or no such journal.",
    )
    .argument("<journal>", "the folder of bf paper --journal or bf live --journal")
    .option("--bars <path...>", "bars of the time of the journal: PATH, SYMBOL=PATH or a folder (repeatable)")
    .option("--late <seconds>", "how long after its close a bar may be heard and is not late", positive, 10)
    .option("--json <path>", "write it as JSON; - for stdout")
    .action(async (journal: string, { bars, late, json }: Flags) => {
      const store = fileStore(journal);
      const reader = readJournal(store);
      try {
        const setup = keptSetup(reader, store.place);
        const own = await ownPartsOfJournal(journal, cwd());
        const history = bars === undefined ? undefined : await readHistories(io, { data: bars });
        const told: readonly ClosedBars[] | undefined = history && [
          ...instantsOf(history, deskOfSetup(setup, own)),
        ];
        const report = drift({
          records: deskRecords(reader),
          seats: () => deskOfSetup(setup, own).seats,
          desk: (members) => deskOver(setup, members, new Gatekeeper(setup.gates, own.gates)),
          patienceMs: late * 1_000,
          ...(told && { bars: told }),
        });
        const text = driftText(report).split("\n").map(printable).join("\n");
        await writeOutputs(io, [[json, () => jsonText(report)]], text);
        done(exitCodes.fine);
      } catch (error) {
        if (!(error instanceof BitFeverError) || error.code !== "BF5192") throw error;
        showError(io, error);
        done(exitCodes.failed);
      } finally {
        reader.close();
      }
    });
}

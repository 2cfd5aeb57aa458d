import { Command } from "commander";
import { BitFeverError } from "@bitfever/lang";
import { backtest } from "../../backtest.js";
import { readSource } from "../../files.js";
import { parameterNumbers } from "../../parameters.js";
import { whyTrade } from "../../why.js";
import { checkedProgram } from "../checked-program.js";
import { addAccountOptions, readInputs, type HistoryFlags } from "../histories.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { addDataOptions, collectPair, settingsOf } from "../options.js";

interface Flags extends HistoryFlags {
  readonly param?: Record<string, string>;
  readonly set?: Record<string, string>;
}

/** `bf why`: how one trade of a run came about. */
export function whyCommand(io: Io, done: (code: ExitCode) => void): Command {
  return addAccountOptions(addDataOptions(new Command("why")))
    .summary("Say why a trade of a backtest was filled when and where it was")
    .description(
      "Runs the strategy as `bf backtest` does and tells of one trade the orders that made it: where on the path inside the bar each was met, what prices were compared, and what slippage and commission took.",
    )
    .argument("<file>", "strategy, a .bf file")
    .argument("<trade>", "number of the trade, from 1 on, as in the list of trades")
    .option("--param <name=value>", "a parameter of the strategy (repeatable)", collectPair)
    .option("--market <symbol=path>", "bars of another market that it reads (repeatable)", collectPair)
    .option("--set <name=value>", "a setting, as of bf backtest (repeatable)", collectPair)
    .action(async (file: string, trade: string, flags: Flags) => {
      if (!/^\d{1,9}$/.test(trade))
        throw new BitFeverError("BF5071", `\`${trade}\` is no number of a trade`, {
          hint: "write a whole number from 1 on, such as `bf why strategy.bf 3 --data bars.csv`",
        });
      const { program } = checkedProgram(io, await readSource(file));
      const { bars, given } = await readInputs(io, program, flags);
      const run = await backtest({ program }, bars, {
        params: parameterNumbers(program, flags.param ?? {}),
        ...given,
        settings: settingsOf(flags),
        signal: io.signal,
        explain: true,
      });
      io.out(`${whyTrade(run, Number(trade)).join("\n")}\n`);
      done(exitCodes.fine);
    });
}

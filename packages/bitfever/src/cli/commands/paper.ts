import { Command } from "commander";
import { paperOverHistory } from "../../paper-over-history.js";
import {
  addTradingOptions,
  isAccount,
  namedFile,
  sorted,
  tradeFiles,
  type TradingFlags,
} from "../account-command.js";
import { addAccountOptions } from "../histories.js";
import { portfolioAmong, tradePortfolio } from "../account-portfolio.js";
import type { ExitCode, Io } from "../io.js";
import {
  addRehearsalOptions,
  checkUnrehearsed,
  configurationAmong,
  type RehearsalFlags,
} from "../account-files.js";
import { addReadOptions } from "../options.js";
import { simulateFile } from "../simulate-file.js";
import type { SimulationFlags } from "../simulation-flags.js";
import { addSimulationOptions } from "./backtest.js";

type Flags = Omit<SimulationFlags, "data"> & Partial<TradingFlags> & RehearsalFlags;

/** `bf paper`: strategies told bar by bar, as live feeds would, on a simulated venue. */
export function paperCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Paper-trade strategies on bars that are told one by one, kept in a journal if asked";
  const command = new Command("paper")
    .summary(summary)
    .description(
      `${summary}.\n` +
        "One file over one history gives the report of bf backtest. With several of either, or with --journal, --gates, --speed or --watch " +
        "it is an account that goes on: nothing is closed at the end of the bars, and with a journal the same command goes on where it ended. " +
        "So is the file of a portfolio, which is traded as bf portfolio runs it: its systems are switched by their equity. " +
        "The file of an account (docs/configuration.md) is all that is needed: its bars come from its exchanges as they close, orders are simulated.\n" +
        "Exit code: 0 fine (also when stopped by Ctrl-C), 1 an error in a program or another decision than was kept, 2 wrong usage, " +
        "3 it is not as was demanded, 4 data that cannot be used.",
    )
    .argument("<files...>", "strategies, .bf files; or an account or a portfolio, a YAML or JSON file");
  return addSimulationOptions(
    addAccountOptions(addReadOptions(addRehearsalOptions(addTradingOptions(command)))),
  ).action(async (words: string[], given: Flags) => {
    if ((await configurationAmong(words)) !== null) {
      const { tradeConfigured } = await import("../configured-run.js");
      return tradeConfigured(io, done, "paper", words, given);
    }
    checkUnrehearsed(given);
    const portfolio = portfolioAmong(words);
    if (portfolio !== null) return tradePortfolio(io, done, "paper", portfolio, given);
    const { files, flags } = sorted(words, given);
    if (isAccount(files, flags)) return tradeFiles(io, done, "paper", files, flags);
    const { path: data, symbol = flags.symbol } = namedFile(flags.data[0]);
    const what = { name: "paper", simulate: paperOverHistory };
    return simulateFile(io, done, what, files[0], {
      ...flags,
      data,
      ...(symbol !== undefined && { symbol }),
    });
  });
}

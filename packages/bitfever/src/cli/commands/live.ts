import { BitFeverError } from "@bitfever/lang";
import { Command } from "commander";
import { addTradingOptions, sorted, tradeFiles, type TradingFlags } from "../account-command.js";
import { portfolioAmong, tradePortfolio } from "../account-portfolio.js";
import {
  addRehearsalOptions,
  checkUnrehearsed,
  configurationAmong,
  type RehearsalFlags,
} from "../account-files.js";
import type { ExitCode, Io } from "../io.js";
import { addReadOptions, collectPair } from "../options.js";

interface Flags extends Partial<TradingFlags>, RehearsalFlags {
  readonly venue?: string;
  readonly yes?: boolean;
}

/** `bf live`: as `bf paper` with a journal, on a venue that is named, after somebody has said that it is meant. */
export function liveCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Trade strategies on a venue, in earnest";
  const command = new Command("live")
    .summary(summary)
    .description(
      `${summary}.\n` +
        "The file of an account (docs/configuration.md) names its exchange: orders go there, and money moves. " +
        "Other files are what bf paper takes for an account; their venue is simulated, and no money moves. " +
        "A journal is needed, and the name of the account is asked for.\n" +
        "Ctrl-C and SIGTERM end it: what protects positions stays at the venue; what becomes of entries, the file says.\n" +
        "Exit code: 0 fine (also when stopped by Ctrl-C), 1 an error in a program or another decision than was kept, 2 wrong usage " +
        "or not confirmed.",
    )
    .argument("<files...>", "an account, a YAML or JSON file; or a portfolio, or strategies, .bf files")
    .option("--venue <name>", "where orders of other files than that of an account go: simulated")
    .option("--yes", "do not ask whether it is meant");
  return addReadOptions(addRehearsalOptions(addTradingOptions(command)))
    .option("--param <name=value>", "a parameter of the strategies (repeatable)", collectPair)
    .option("--market <symbol=path>", "bars of another market that they read (repeatable)", collectPair)
    .option("--set <name=value>", "a setting, as of bf paper (repeatable)", collectPair)
    .option(
      "--instruments <path>",
      "tick, lot and more of single instruments: a YAML or JSON file, by symbol",
    )
    .option("--json <path>", "write how the account stands as JSON; - for stdout")
    .option("--trades <path>", "write the trades as CSV; - for stdout")
    .action(async (words: string[], given: Flags) => {
      if ((await configurationAmong(words)) !== null) {
        const asks = async (account: string, venue: string): Promise<void> => {
          if (given.yes !== true) await confirm(io, account, venue);
        };
        if (given.venue !== undefined)
          throw refusal("--venue stands beside the file of an account, which names its exchange", {
            hint: "leave it out",
          });
        const { tradeConfigured } = await import("../configured-run.js");
        return tradeConfigured(io, done, "live", words, given, asks);
      }
      checkUnrehearsed(given);
      const portfolio = portfolioAmong(words);
      const account = given.account ?? "live";
      const venue = checkedVenue(given.venue);
      if (given.journal === undefined)
        throw refusal("live trading needs a journal: without one nothing knows after a crash what was sent", {
          hint: "give a folder: --journal DIR",
        });
      if (given.yes !== true) await confirm(io, account, venue);
      if (portfolio !== null) return tradePortfolio(io, done, "live", portfolio, { ...given, account });
      const { files, flags } = sorted(words, given);
      await tradeFiles(io, done, "live", files, { ...flags, account });
    });
}

function checkedVenue(venue: string | undefined): string {
  if (venue === "simulated") return venue;
  throw refusal(venue === undefined ? "live trading needs a venue" : `there is no venue \`${venue}\` here`, {
    hint: "--venue simulated fills orders by the rules of a backtest; others are named in the file of an account: bf live account.yaml",
  });
}

async function confirm(io: Io, account: string, venue: string): Promise<void> {
  if (io.ask === undefined)
    throw refusal("nobody is there to confirm live trading: this is no terminal", {
      hint: "--yes says that it is meant",
    });
  const answer = await io.ask(
    `Orders of the account "${account}" go to the venue \`${venue}\`. Type ${account} or LIVE to go on: `,
  );
  if (answer.trim() === account || answer.trim() === "LIVE") return;
  throw refusal("not confirmed, and nothing was sent", { hint: `type ${account} or LIVE` });
}

const refusal = (what: string, details: { readonly hint: string }): BitFeverError =>
  new BitFeverError("BF5185", what, details);

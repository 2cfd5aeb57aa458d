import { BitFeverError } from "@bitfever/lang";
import { Command } from "commander";
import { addTradingOptions, sorted, tradeFiles, type TradingFlags } from "../account-command.js";
import { portfolioAmong, tradePortfolio } from "../account-portfolio.js";
import type { ExitCode, Io } from "../io.js";
import { addReadOptions, collectPair } from "../options.js";

interface Flags extends Partial<TradingFlags> {
  readonly venue: string;
  readonly yes?: boolean;
}

/** `bf live`: as `bf paper` with a journal, on a venue that is named, after somebody has said that it is meant. */
export function liveCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Trade strategies on a venue; for now the only one is simulated, and no money moves";
  const command = new Command("live")
    .summary(summary)
    .description(
      `${summary}.\n` +
        "Takes what bf paper takes for an account. It needs a venue and a journal, and asks for the name of the account to be typed.\n" +
        "Exit code: 0 fine (also when stopped by Ctrl-C), 1 an error in program or data or another decision than was kept, 2 wrong usage " +
        "or not confirmed.",
    )
    .argument("<files...>", "strategies, .bf files; or a portfolio, a YAML or JSON file")
    .requiredOption("--venue <name>", "where orders go: simulated")
    .option("--yes", "do not ask whether it is meant");
  return addReadOptions(addTradingOptions(command))
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
      const portfolio = portfolioAmong(words);
      const account = given.account ?? "live";
      checkVenue(given.venue);
      if (given.journal === undefined)
        throw refusal("live trading needs a journal: without one nothing knows after a crash what was sent", {
          hint: "give a folder: --journal DIR",
        });
      if (given.yes !== true) await confirm(io, account, given.venue);
      if (portfolio !== null) return tradePortfolio(io, done, "live", portfolio, { ...given, account });
      const { files, flags } = sorted(words, given);
      await tradeFiles(io, done, "live", files, { ...flags, account });
    });
}

function checkVenue(venue: string): void {
  if (venue === "simulated") return;
  throw refusal(`there is no venue \`${venue}\``, {
    hint: "for now there is `simulated`, which fills orders by the rules of a backtest",
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

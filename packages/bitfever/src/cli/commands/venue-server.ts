import { BitFeverError, intervalMs } from "@bitfever/lang";
import type { MishapShares } from "@bitfever/brokers";
import { Command } from "commander";
import { utcClock } from "../../clock.js";
import { jsonText } from "../../json-text.js";
import { servedProtocols, startWalkedServer } from "../../venues/walked-server.js";
import { readHistories } from "../account-command.js";
import { exitCodes, paintOf, type ExitCode, type Io } from "../io.js";
import { addReadOptions, collect, collectPair, wholeFrom, type DataFlags } from "../options.js";

interface Flags extends Omit<DataFlags, "data"> {
  readonly port: number;
  readonly seed: number;
  readonly data?: readonly string[];
  readonly symbols?: string;
  readonly bar: string;
  readonly history: number;
  readonly mishaps?: Readonly<Record<string, string>>;
  readonly json?: true;
}

const protocolNames = `${servedProtocols.slice(0, -1).join(", ")} or ${String(servedProtocols.at(-1))}`;
const mishapNames = [
  ...["lateRequests", "lostRequests", "lostAnswers", "refused", "doneAndFailed", "limited", "notFound"],
  ...[
    "doubledRequests",
    "filledBefore",
    "lateMessages",
    "lostMessages",
    "doubledMessages",
    "swappedMessages",
  ],
  ...["cuts", "parts"],
] as const satisfies readonly string[];

/** `bf venue-server`: an exchange on this machine, to try strategies and brokers with. */
export function venueServerCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Start an exchange on this machine, with prices that are made up, to rehearse with";
  const command = new Command("venue-server")
    .summary(summary)
    .description(
      `${summary}.\n` +
        "It talks as the exchange does, over HTTP and WebSockets or, for Interactive Brokers, as TWS; its account is paper, and it takes connections " +
        "from this machine alone. What the file of an account says of the exchange to reach it is printed: address and keys. Ctrl-C ends it.\n" +
        "Exit code: 0 ended, 2 wrong usage or a port that is taken.",
    )
    .argument("<exchange>", `whose protocol it talks: ${protocolNames}`)
    .option("--port <n>", "where it listens; 0 takes one that is free", wholeFrom(0), 0)
    .option("--seed <n>", "chooses what is drawn: prices and mishaps", wholeFrom(0), 1)
    .option("--symbols <list>", "what is traded, such as BTCUSDT,ETHUSDT; BTCUSDT or AAPL when left out")
    .option("--data <path>", "bars that a market goes through: PATH or SYMBOL=PATH (repeatable)", collect)
    .option("--bar <length>", "how long a bar lasts here, such as 1s or 1m", "1m")
    .option("--history <n>", "how many bars of the past there are", wholeFrom(0), 500)
    .option(
      "--mishaps <name=share>",
      `how often something goes wrong (repeatable): ${mishapNames.join(", ")}`,
      collectPair,
    )
    .option("--json", "print what reaches it as JSON");
  return addReadOptions(command).action(async (given: string, flags: Flags) => {
    const exchange = servedProtocols.find((each) => each === given);
    if (exchange === undefined)
      throw wrong(`there is no exchange \`${given}\` here`, `it is ${protocolNames}`);
    const barMs = intervalMs(flags.bar);
    if (barMs === null || barMs < 1_000 || barMs % 1_000 !== 0)
      throw wrong(`a bar cannot last ${flags.bar}`, "write whole seconds, such as 1s or 1m");
    const bars = flags.data === undefined ? [] : await readHistories(io, { ...flags, data: flags.data });
    const isOfShares = exchange === "alpaca" || exchange === "tws";
    const named = flags.symbols?.split(",").map((each) => each.trim());
    const symbols =
      named ?? (bars.length > 0 ? bars.map(({ symbol }) => symbol) : [isOfShares ? "AAPL" : "BTCUSDT"]);
    const server = await startWalkedServer({
      ...{ exchange, symbols, bars, barMs, history: flags.history, port: flags.port, seed: flags.seed },
      mishaps: sharesOf(flags.mishaps ?? {}),
      now: utcClock,
      onEnd: (symbol) => {
        io.err(`${symbol} has come to the end of its bars, and stays where it is\n`);
      },
    });
    const paint = paintOf(io);
    const written: WrittenServer = {
      ...{ schema: "bitfever/venue-server@1", exchange, options: server.options, symbols },
    };
    io.out(
      flags.json === true
        ? jsonText(written)
        : `${paint.strong(`${exchange} on this machine`)}  ${paint.faint(`${symbols.join(", ")}, a bar each ${flags.bar}; Ctrl-C ends it`)}\n` +
            Object.entries(server.options)
              .map(([name, value]) => `  ${`${name}:`.padEnd(9)}${value}\n`)
              .join(""),
    );
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve();
      io.signal.addEventListener("abort", () => {
        resolve();
      });
    });
    await server.close();
    done(exitCodes.fine);
  });
}

/** What `bf venue-server --json` writes once it answers. */
export interface WrittenServer {
  readonly schema: "bitfever/venue-server@1";
  readonly exchange: string;
  /** What the file of an account says of the exchange to reach it, such as `url`, or `host` and `port`. */
  readonly options: Readonly<Record<string, string | number>>;
  readonly symbols: readonly string[];
}

function sharesOf(given: Readonly<Record<string, string>>): Partial<MishapShares> {
  const shares = Object.entries(given).map(([name, text]) => {
    if (!(mishapNames as readonly string[]).includes(name))
      throw wrong(`there is no mishap \`${name}\``, `they are ${mishapNames.join(", ")}`);
    const share = text.endsWith("%") ? Number(`${text.slice(0, -1)}e-2`) : Number(text);
    if (!(share >= 0 && share <= 1))
      throw wrong(`--mishaps ${name}=${text} is no share`, "write it as 5% or 0.05");
    return [name, share] as const;
  });
  return Object.fromEntries(shares);
}

const wrong = (what: string, hint: string): BitFeverError => new BitFeverError("BF5323", what, { hint });

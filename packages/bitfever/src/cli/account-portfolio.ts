import { BitFeverError, type Program, type Source } from "@bitfever/lang";
import type { Bars } from "@bitfever/engine";
import { fileModules } from "../modules.js";
import type { AccountSetup } from "../trading/account-setup.js";
import { readGates } from "../trading/gates-file.js";
import { setUp } from "../trading/set-up.js";
import { TradingAccount } from "../trading/trading-account.js";
import type { TradingFlags } from "./account-command.js";
import { usage } from "./account-usage.js";
import { runAccount } from "./account-run.js";
import { shownProgram } from "./checked-program.js";
import { noteDefects } from "./data-notes.js";
import type { ExitCode, Io } from "./io.js";

/** What the file of a portfolio says itself, and where in it. */
const saidThere = {
  data: "as `data` of each system",
  symbol: "as `data: { path, symbol }`",
  dataMode: "as `data: { path, mode }`",
  dataZone: "as `data: { path, zone }`",
  dataStamp: "as `data: { path, stamp }`",
  dataDates: "as `data: { path, dates }`",
  market: "as `markets` of a system",
  share: "as `share` of a system",
  param: "as `params` of a system",
  set: "under `set`, for all systems or for one",
  instruments: "as `instruments`",
  on: "a system trades the symbol of its `data`",
} as const;

/** The word of a command that is the file of a portfolio, as `bf portfolio` takes it; null where there is none. */
export function portfolioAmong(words: readonly string[]): string | null {
  const found = words.find((each) => /\.(ya?ml|json)$/i.test(each));
  if (found === undefined) return null;
  const other = words.find((each) => each !== found);
  if (other === undefined) return found;
  throw usage(
    `${other} stands beside the portfolio ${found}`,
    "a portfolio is an account of its own: name the strategy among its systems, or leave it out",
  );
}

/** Trades the systems of a portfolio on an account, switched and given capital as `bf portfolio` does in a backtest. */
export async function tradePortfolio(
  io: Io,
  done: (code: ExitCode) => void,
  kind: AccountSetup["kind"],
  path: string,
  flags: Partial<TradingFlags>,
): Promise<void> {
  for (const [flag, where] of Object.entries(saidThere))
    if (flags[flag as keyof typeof saidThere] !== undefined)
      throw usage(
        `--${flag.replace(/[A-Z]/g, (each) => `-${each.toLowerCase()}`)} stands beside the file of a portfolio, which says it itself`,
        `leave it out, and write it in ${path}: ${where}`,
      );
  if (flags.byHand !== undefined)
    throw usage(
      "--by-hand stands beside the file of a portfolio, and beside strategies that are switched nobody trades by hand",
      "give what is traded by hand an account of its own",
    );
  const { readPortfolio } = await import("../portfolio/portfolio-file.js");
  const sources = new Map<Program, Source>();
  const { systems, options } = await readPortfolio(path, {
    compile(source) {
      const { program } = shownProgram(io, source);
      sources.set(program, source);
      return program;
    },
    onBars: (file, read) => {
      noteDefects(io, file, read, read.bars.symbol);
    },
  });
  const bars = distinct(systems.flatMap((each) => [each.bars, ...Object.values(each.markets ?? {})]));
  const gates = flags.gates === undefined ? [] : await readGates(flags.gates);
  const { settings, instruments, whenOff, reallocate = "monthly" } = options;
  const setup = setUp({
    strategies: systems.map(({ name, strategy, bars: { symbol }, ...system }) => ({
      ...{ name, source: sources.get(strategy.program) ?? "", findModule: fileModules, symbols: [symbol] },
      ...{ params: system.params, settings: system.settings, share: system.share, filter: system.filter },
    })),
    ...{ symbols: bars, kind, settings, gates, instruments, whenOff, reallocate, account: flags.account },
  });
  await runAccount(io, done, {
    ...{ kind, bars, ...flags },
    open: (onEvent) => TradingAccount.open({ setup, journal: flags.journal, onEvent }),
  });
}

/** Each history once: systems that trade the same symbol hear the same bars. */
function distinct(all: readonly Bars[]): readonly Bars[] {
  const found: Bars[] = [];
  for (const bars of all) {
    const before = found.find(({ symbol }) => symbol === bars.symbol);
    if (before === undefined) found.push(bars);
    else if (!isSame(before, bars))
      throw new BitFeverError(
        "BF5180",
        `no account can be made of this: there are two histories of ${bars.symbol}`,
        {
          hint: "an account hears each symbol once: name them apart, such as data: { path: prices/a.csv, symbol: A }",
        },
      );
  }
  return found;
}

const columnNames = ["time", "open", "high", "low", "close", "volume"] as const;

const isSame = (a: Bars, b: Bars): boolean =>
  a.length === b.length &&
  columnNames.every((name) => a[name].every((value, i) => Object.is(value, b[name][i])));

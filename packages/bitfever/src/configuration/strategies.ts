import { join } from "node:path";
import {
  BitFeverError,
  intervalMs as lengthOf,
  intervalName,
  specialise,
  type Plan,
  type Program,
  type Source,
} from "@bitfever/lang";
import { catalogueWith, type Settings } from "@bitfever/engine";
import { readSource } from "../files.js";
import { fileModules } from "../modules.js";
import { parameterNumbers } from "../parameters.js";
import { candidatesOf, type FilterInput } from "../portfolio/candidates.js";
import { compile } from "../strategy.js";
import type { OwnParts } from "../trading/own-parts.js";
import { namesHint, problemOf, type DataPath, type Problem } from "./problem.js";
import { shareOf, type Configuration, type StrategyEntry } from "./schema.js";

/** A symbol whose bars a strategy hears. */
export interface HeardMarket {
  readonly symbol: string;
  readonly intervalMs: number;
  /** The exchange or the feed that they come from. */
  readonly from: string;
  /** Where it is traded; null on paper, where only a feed is named. */
  readonly exchange: string | null;
  /** Or only read. */
  readonly isTraded: boolean;
}

/** A strategy of a configuration, compiled. */
export interface ReadyStrategy {
  readonly entry: StrategyEntry;
  readonly source: Source;
  readonly program: Program;
  readonly heard: readonly HeardMarket[];
  readonly settings: Partial<Settings>;
  readonly share: number | undefined;
  readonly filter: FilterInput | undefined;
  /** How many of its bars it needs before it can trade. */
  readonly warmup: number;
}

interface Surroundings {
  readonly folder: string;
  readonly own: OwnParts;
  readonly settingsOf: (
    given: Readonly<Record<string, string | number | boolean>>,
    path: DataPath,
  ) => Partial<Settings>;
  readonly report: (problem: Problem) => void;
}

/** Compiles the strategies of a configuration, and finds where their bars come from; what is wrong is reported. */
export async function readyStrategies(
  configuration: Configuration,
  surroundings: Surroundings,
): Promise<readonly ReadyStrategy[]> {
  const ready: ReadyStrategy[] = [];
  for (const [i, entry] of configuration.strategies.entries()) {
    const path = ["strategies", i];
    try {
      const found = await readyStrategy(configuration, entry, path, surroundings);
      if (found !== null) ready.push(found);
    } catch (error) {
      surroundings.report(problemOf([...path, "program"], error));
    }
  }
  checkSymbols(ready, surroundings.report);
  return ready;
}

async function readyStrategy(
  configuration: Configuration,
  entry: StrategyEntry,
  path: DataPath,
  { folder, own, settingsOf, report }: Surroundings,
): Promise<ReadyStrategy | null> {
  const wrong = (name: string, text: string, hint: string): void => {
    report({ path: [...path, name], text, hint });
  };
  const { exchanges = {}, feeds = {} } = configuration;
  const exchange = exchangeOf(entry, exchanges, wrong);
  const sources = [...Object.keys(exchanges), ...Object.keys(feeds)];
  if (entry.feed !== undefined && !sources.includes(entry.feed))
    wrong(
      "feed",
      `is \`${entry.feed}\`, and there is no such feed`,
      namesHint(entry.feed, sources, "there are"),
    );
  const settings = settingsOf(entry.set ?? {}, [...path, "set"]);
  for (const name of ["initial_capital", "money_decimals", "currency"] as const)
    if (name in settings)
      report({
        ...{ path: [...path, "set", name], text: "is that of the whole account", isOfName: true },
        hint: "set it under the `set` of the account",
      });
  const filter = filterOf(entry, path, report);

  const source = await readSource(join(folder, entry.program));
  const { indicators } = own;
  const { program } = compile(source, { findModule: fileModules, ...(indicators && { indicators }) });
  const length = lengthsOf(entry, program, wrong);
  const plan = planOf(program, entry, own, path, report);
  const from = entry.feed ?? exchange;
  if (exchange === undefined || from === null || from === undefined || length === null || plan === null)
    return null;
  const traded = entry.symbols.map((symbol): HeardMarket => ({
    ...{ symbol, intervalMs: length, from, exchange },
    isTraded: true,
  }));
  const read = program.markets.flatMap(({ symbol }): readonly HeardMarket[] => {
    if (entry.symbols.includes(symbol)) return [];
    const own = entry.markets?.[symbol];
    return [
      {
        symbol,
        intervalMs: own === undefined ? length : (lengthOf(own) ?? length),
        from,
        exchange,
        isTraded: false,
      },
    ];
  });
  const share = entry.share === undefined ? undefined : (shareOf(entry.share) ?? undefined);
  return {
    ...{ entry, source, program, settings, filter, share },
    heard: [...traded, ...read],
    warmup: warmupOf(plan, length),
  };
}

/** That of the only one where none is named; null where there is only a feed, undefined for what cannot be. */
function exchangeOf(
  { exchange, feed }: StrategyEntry,
  exchanges: Readonly<Record<string, unknown>>,
  wrong: (name: string, text: string, hint: string) => void,
): string | null | undefined {
  const known = Object.keys(exchanges);
  if (exchange === undefined) {
    if (known.length === 1) return known[0];
    if (known.length === 0 && feed !== undefined) return null;
    wrong(
      "exchange",
      "is missing",
      known.length === 0 ? "name one under `exchanges`, and here" : `it is one of ${known.join(", ")}`,
    );
    return undefined;
  }
  if (known.includes(exchange)) return exchange;
  wrong(
    "exchange",
    `is \`${exchange}\`, and there is no such exchange`,
    namesHint(exchange, known, "there are"),
  );
  return undefined;
}

/** The length of its bars, in milliseconds: as the program says it, or the file. */
function lengthsOf(
  { interval }: StrategyEntry,
  { clock }: Program,
  wrong: (name: string, text: string, hint: string) => void,
): number | null {
  const said = interval ?? clock;
  if (said === null) {
    wrong("interval", "is missing", "write the length of its bars, such as 15m: the program does not say it");
    return null;
  }
  const length = lengthOf(said);
  if (length === null) {
    wrong("interval", `is \`${said}\``, "write a length of time, such as 15m");
    return null;
  }
  if (clock === null || lengthOf(clock) === length) return length;
  wrong("interval", `is \`${said}\`, and the program is written for ${clock}`, "leave it out");
  return null;
}

function planOf(
  program: Program,
  { params = {} }: StrategyEntry,
  { indicators }: OwnParts,
  path: DataPath,
  report: Surroundings["report"],
): Plan | null {
  try {
    return specialise(program, catalogueWith(indicators), parameterNumbers(program, params));
  } catch (error) {
    report(problemOf([...path, "params"], error));
    return null;
  }
}

function filterOf(
  { filter, name = "the strategy" }: StrategyEntry,
  path: DataPath,
  report: Surroundings["report"],
): FilterInput | undefined {
  if (filter === undefined) return undefined;
  const { name: called, ...values } = filter;
  try {
    if (typeof called !== "string")
      throw new BitFeverError("BF5080", "it names no equity filter", {
        hint: "write `name:` and one of them",
      });
    const given = { ...values, name: called } as FilterInput;
    candidatesOf(given, name);
    return given;
  } catch (error) {
    report(problemOf([...path, "filter"], error));
    return undefined;
  }
}

/** An account hears each symbol once, and trades it at one place. */
function checkSymbols(ready: readonly ReadyStrategy[], report: Surroundings["report"]): void {
  const known = new Map<string, HeardMarket>();
  const traded = new Map<string, HeardMarket>();
  for (const [i, { heard }] of ready.entries())
    for (const each of heard) {
      const elsewhere = each.isTraded ? traded.get(each.symbol) : undefined;
      if (each.isTraded) traded.set(each.symbol, elsewhere ?? each);
      if (elsewhere !== undefined && elsewhere.exchange !== each.exchange)
        report({
          path: ["strategies", i, "symbols"],
          text: `trades ${each.symbol} at ${String(each.exchange)}, another strategy at ${String(elsewhere.exchange)}`,
          hint: "an account trades each symbol at one exchange: give one of them an account of its own",
        });
      const before = known.get(each.symbol);
      known.set(each.symbol, before ?? each);
      if (before === undefined || (before.intervalMs === each.intervalMs && before.from === each.from))
        continue;
      report({
        path: ["strategies", i, "symbols"],
        text: `hears ${each.symbol} by bars of ${intervalName(each.intervalMs)} from ${each.from}, another strategy by bars of ${intervalName(before.intervalMs)} from ${before.from}`,
        hint: "an account hears each symbol once: give one of them an account of its own",
      });
    }
}

/** Bars of slower clocks are so many of its own. */
const warmupOf = ({ clocks }: Plan, length: number): number =>
  Math.max(
    ...clocks.map(({ interval, market, warmup }) => {
      const own = interval === null ? length : (lengthOf(interval) ?? length);
      return market === null || interval !== null ? Math.ceil((warmup * own) / length) : warmup;
    }),
  );

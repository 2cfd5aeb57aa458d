import {
  BitFeverError,
  intervalMs as lengthOf,
  specialise,
  type FindModule,
  type Plan,
  type Program,
  type Source,
} from "@bitfever/lang";
import {
  catalogueWith,
  checkInstruments,
  checkSettings,
  termsOf,
  type Instruments,
  type Settings,
} from "@bitfever/engine";
import { byHand, checkClock, Gatekeeper, handProgram, type GateRule } from "@bitfever/runtime";
import { candidatesOf, namedValues, type FilterInput } from "../portfolio/candidates.js";
import { parameterNumbers, type ParameterInput } from "../parameters.js";
import { compile } from "../strategy.js";
import { version } from "../version.js";
import type { OwnParts } from "./own-parts.js";
import type {
  AccountSetup,
  FilterSetup,
  ImportedText,
  PortfolioSetup,
  ProgramText,
  SeatSetup,
  VenueAbilities,
} from "./account-setup.js";

/** A strategy that is to trade on an account. */
export interface TradedStrategy {
  readonly source: string | Source;
  /** Where the texts behind `import` come from; they are kept with the program. */
  readonly findModule?: FindModule | undefined;
  /** Left out, the name of the program: two strategies of one program need two. */
  readonly name?: string | undefined;
  readonly params?: ParameterInput | undefined;
  /** What it trades; left out, all symbols whose bars are of the interval that it is written for. */
  readonly symbols?: readonly string[] | undefined;
  /**
   * Of the capital, above 0 up to 1, divided evenly among its symbols, but one account for all members of a universe; left
   * out, as much as each of the others without one.
   */
  readonly share?: number | undefined;
  /** What is other for it than for all: its costs, its tick. The capital and its money are those of all. */
  readonly settings?: Partial<Omit<Settings, "initial_capital" | "money_decimals" | "currency">> | undefined;
  /** Holds it or leaves it by its own equity, on each symbol for itself; one value for each parameter. Left out, it is always held. */
  readonly filter?: FilterInput | undefined;
}

/** Bars that an account hears of: `Bars` of a history, or what is known of a feed. */
export interface HeardSymbol {
  readonly symbol: string;
  readonly intervalMs: number;
  readonly sector?: string | undefined;
}

/** Who trades what on an account, with which money, behind which gates. */
export interface SetUpOptions {
  readonly strategies: readonly TradedStrategy[];
  readonly symbols: readonly HeardSymbol[];
  /** Left out, `paper`. */
  readonly account?: string | undefined;
  readonly kind?: AccountSetup["kind"] | undefined;
  /** Where orders go, by name and with what it can do; left out, a simulated venue in the same process. */
  readonly venue?: { readonly name: string; readonly abilities: VenueAbilities } | undefined;
  readonly settings?: Partial<Settings> | undefined;
  readonly instruments?: Instruments | undefined;
  /** The packages that what is not of BitFever itself comes from; they are kept by name. */
  readonly plugins?: AccountSetup["plugins"];
  /** What those bring. */
  readonly own?: OwnParts | undefined;
  readonly gates?: readonly GateRule[] | undefined;
  /**
   * What is for people who trade by hand: a share of the capital like that of a strategy, and the symbols, all where they are left
   * out. Without it, they cannot.
   */
  readonly byHand?:
    { readonly share?: number | undefined; readonly symbols?: readonly string[] | undefined } | undefined;
  /** What becomes of a position when its strategy is switched off: closed at the next open (`close`, the default), or left to its own exits. */
  readonly whenOff?: PortfolioSetup["whenOff"] | undefined;
  /** Whether free money goes at the end of each month to the strategies that are on: `monthly`, or `never`, the default. */
  readonly reallocate?: PortfolioSetup["reallocate"] | undefined;
}

/**
 * Decides who trades what with which part of the capital.
 *
 * @throws BitFeverError BF5180 for a setup that cannot be, BF1000 for a program with errors, BF5001 or BF5002 for parameters,
 *   BF5005 for bars of another interval, BF5080 or BF5081 for an equity filter, BF5197 for one with several values, BF5090 for
 *   instruments, BF5170 to BF5176 for gates
 * @example
 * const setup = setUp({
 *   strategies: [{ source: 'strategy "Up" { enter long when close > open { unprotected } }' }],
 *   symbols: [{ symbol: "BTCUSDT", intervalMs: 900_000 }],
 *   gates: [{ gate: "daily_loss", most: "2%", action: "halt" }],
 * });
 */
export function setUp(options: SetUpOptions): AccountSetup {
  const { symbols, account = "paper", kind = "paper", gates = [], venue } = options;
  const { plugins = [], own = {} } = options;
  const portfolio = portfolioOf(options);
  const instruments = checkInstruments(options.instruments ?? {});
  const settings = checkSettings(options.settings);
  if (options.strategies.length === 0) throw impossible("there is no strategy", "give at least one");
  const strategies = [...options.strategies, ...handsOf(options, portfolio)];
  checkDistinct(symbols);
  checkCurrencies(symbols, instruments, settings);
  checkGates(gates, own);
  const read = strategies.map((each) => readStrategy(each, own));
  const names = read.map(({ name }) => name);
  if (names.slice(0, options.strategies.length).includes(byHand))
    throw impossible(
      `a strategy is called "${byHand}", which is what people trade`,
      "give it another name, behind `strategy` or as `name`",
    );
  const twice = names.find((each, i) => names.indexOf(each) < i);
  if (twice !== undefined)
    throw impossible(
      `two strategies are called "${twice}"`,
      "orders and positions are told apart by the name: give one of them another, behind `strategy` or as `name`",
    );
  const shares = sharesOf(strategies);
  if (portfolio !== undefined) checkPortfolio(read, shares);
  return {
    ...{ schema: "bitfever/account-setup@1", account, kind, venue: venue?.name ?? "simulated" },
    ...(venue && { abilities: venue.abilities }),
    version,
    ...{ settings, instruments, gates },
    programs: read.map(({ text }) => text),
    seats: read.flatMap((each, i) => seatsOf(each, i, strategies[i], shares[i], symbols)),
    ...(portfolio && { portfolio }),
    ...(plugins.length > 0 && { plugins }),
  };
}

interface ReadStrategy {
  readonly name: string;
  readonly program: Program;
  readonly plan: Plan;
  readonly text: ProgramText;
  readonly params: Readonly<Record<string, number>>;
}

function readStrategy(
  { source, findModule, name, params = {} }: TradedStrategy,
  { indicators }: OwnParts,
): ReadStrategy {
  const named = typeof source === "string" ? { name: "strategy.bf", text: source } : source;
  const imports: ImportedText[] = [];
  const find: FindModule = (path, from) => {
    const found = findModule?.(path, from);
    const isKnown = imports.some((each) => each.from === from.name && each.path === path);
    if (found !== undefined && !isKnown) imports.push({ from: from.name, path, ...found });
    return found;
  };
  const { program } = compile(named, { findModule: find, ...(indicators && { indicators }) });
  const numbers = parameterNumbers(program, params);
  return {
    ...{ name: name ?? program.name, program, params: numbers },
    // What it says of parameters that cannot be, it says before anything trades.
    plan: specialise(program, catalogueWith(indicators), numbers),
    text: { name: named.name, text: named.text, imports },
  };
}

function seatsOf(
  { name, program, plan, params }: ReadStrategy,
  place: number,
  { symbols: wanted, settings, filter }: TradedStrategy,
  share: number,
  heard: readonly HeardSymbol[],
): readonly SeatSetup[] {
  const find = (symbol: string): HeardSymbol => {
    const found = heard.find((each) => each.symbol === symbol);
    if (found !== undefined) return found;
    const known = heard.map((each) => each.symbol).join(", ");
    throw impossible(`"${name}" needs bars of ${symbol}, and there are none`, `there are bars of ${known}`);
  };
  const read = program.markets.map(({ symbol }) => find(symbol));
  const suits = (each: HeardSymbol): boolean =>
    program.clock === null || each.intervalMs === 0 || lengthOf(program.clock) === each.intervalMs;
  // What it only reads it does not trade unless asked to.
  const others = heard.filter((each) => suits(each) && !read.includes(each));
  const named = wanted ?? program.universe?.symbols ?? undefined;
  const given = named?.map(find) ?? (others.length > 0 ? others : heard);
  const traded = program.universe === null ? given : given.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
  if (traded.length === 0) throw impossible(`"${name}" has nothing to trade`, "give it bars of a symbol");
  for (const { intervalMs } of traded) checkClock(plan, intervalMs);
  const switched = filter && filterOf(filter, name);
  return traded.map(({ symbol, intervalMs, sector = null }) => ({
    ...{ strategy: name, program: place, params, symbol, intervalMs, sector },
    share: program.universe === null ? share / traded.length : share,
    reads: read.map((each) => ({ symbol: each.symbol, intervalMs: each.intervalMs })),
    ...(settings && Object.keys(settings).length > 0 && { settings }),
    ...(switched && { filter: switched }),
  }));
}

/** Who trades by hand is on the account like a strategy that never decides anything. */
function handsOf(
  { byHand: given, symbols }: SetUpOptions,
  portfolio: PortfolioSetup | undefined,
): readonly TradedStrategy[] {
  if (given === undefined) return [];
  if (portfolio !== undefined)
    throw impossible(
      "strategies are switched or capital moves between them, and beside them nobody trades by hand",
      "give what is traded by hand an account of its own",
    );
  const source = { name: "by-hand.bf", text: handProgram };
  return [{ source, share: given.share, symbols: given.symbols ?? symbols.map(({ symbol }) => symbol) }];
}

/** Undefined where nobody is switched and no capital moves. */
function portfolioOf({
  strategies,
  whenOff = "close",
  reallocate = "never",
}: SetUpOptions): PortfolioSetup | undefined {
  const isSwitched = strategies.some(({ filter }) => filter !== undefined);
  return isSwitched || reallocate === "monthly" ? { whenOff, reallocate } : undefined;
}

/** A live account learns nothing from a walk: each parameter has the value that it is to have. */
function filterOf(given: FilterInput, strategy: string): FilterSetup {
  const [candidate, ...others] = candidatesOf(given, strategy);
  const { name } = candidate.filter;
  if (others.length === 0) return { name, values: namedValues(candidate) };
  const several = Object.keys(given).find((each) => each !== "name" && [given[each]].flat().length > 1);
  throw new BitFeverError(
    "BF5197",
    `${strategy}: an account has one value for each parameter of a filter, and \`${several ?? name}\` has several`,
    { hint: "write the one to trade with: `bf portfolio` says which its last window has chosen" },
  );
}

function checkPortfolio(read: readonly ReadStrategy[], shares: readonly number[]): void {
  const many = read.find(({ program }) => program.universe !== null);
  if (many !== undefined)
    throw impossible(
      `"${many.name}" trades a universe, and here strategies are switched or capital moves between them`,
      "strategies that are switched trade one symbol each; give it an account of its own",
    );
  const sum = shares.reduce((all, each) => all + each, 0);
  if (Math.abs(sum - 1) < 1e-9) return;
  throw impossible(
    `the shares add up to ${Number((sum * 100).toFixed(6))}%, and of a portfolio they are all of the capital`,
    "give shares that make 100%, or leave one out, which then has the rest",
  );
}

/** Of each strategy, of the capital: what is given, and of the rest an equal part for all others. */
function sharesOf(strategies: readonly TradedStrategy[]): readonly number[] {
  let given = 0;
  let without = 0;
  for (const { share, name } of strategies) {
    if (share === undefined) without++;
    else if (share > 0 && share <= 1) given += share;
    else throw impossible(`a share of ${share}${name === undefined ? "" : ` of "${name}"`}`, remedyOfShares);
  }
  const rest = 1 - given;
  if (rest < -1e-9 || (without > 0 && rest <= 1e-9))
    throw impossible(
      `the shares add up to ${Number((given * 100).toFixed(6))}%${without > 0 ? " and leave nothing for the others" : ""}`,
      remedyOfShares,
    );
  return strategies.map(({ share }) => share ?? rest / without);
}

const remedyOfShares = "shares are above 0% and together at most 100% of the capital";

function checkDistinct(symbols: readonly HeardSymbol[]): void {
  if (symbols.length === 0) throw impossible("there are no bars", "give those of at least one symbol");
  const names = symbols.map(({ symbol }) => symbol);
  const twice = names.find((each, i) => names.indexOf(each) < i);
  if (twice !== undefined)
    throw impossible(
      `there are two histories of ${twice}`,
      "an account hears each symbol once: name them apart, such as --data A=prices/a.csv",
    );
}

/** Rates come with no feed yet. */
function checkCurrencies(
  symbols: readonly HeardSymbol[],
  instruments: Instruments,
  { currency }: Settings,
): void {
  const others = symbols.flatMap(({ symbol }) => termsOf(symbol, instruments).currency ?? []);
  const all = new Set([...(currency === null ? [] : [currency]), ...others]);
  if (all.size > 1)
    throw impossible(
      `prices and account are in several currencies: ${[...all].join(", ")}`,
      "an account on paper has one for now; `bf backtest --rate` converts",
    );
}

function checkGates(rules: readonly GateRule[], { gates }: OwnParts): void {
  new Gatekeeper(rules, gates);
}

const impossible = (what: string, hint: string): BitFeverError =>
  new BitFeverError("BF5180", `no account can be made of this: ${what}`, { hint });

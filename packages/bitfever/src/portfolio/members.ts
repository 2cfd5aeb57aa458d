import { BitFeverError } from "@bitfever/lang";
import { checkSettings, termsOf, type Bars, type Instruments, type Settings } from "@bitfever/engine";
import { systemDays, timingFor, type System, type SystemDays } from "@bitfever/runtime";
import { prepare, type Prepared } from "../backtest.js";
import { moneyOf } from "../currencies.js";
import type { ParameterInput } from "../parameters.js";
import type { Strategy } from "../strategy.js";
import { capitalsOf } from "./capitals.js";
import { candidatesOf, type Candidate, type FilterInput } from "./candidates.js";
import { marketOf } from "./measure.js";
import type { Alone } from "./choice.js";
import { sessionsOf } from "./switching.js";

/** A strategy on bars of its own, with a filter that holds it or not. */
export interface SystemInput {
  /** As results call it; no two are called the same. */
  readonly name: string;
  readonly strategy: Strategy;
  readonly bars: Bars;
  readonly params?: ParameterInput;
  /** Bars of the other markets that the program reads, by symbol. */
  readonly markets?: Readonly<Record<string, Bars>>;
  /** What is other for it than for all: its costs, its tick. The capital and its money are those of all. */
  readonly settings?: Partial<Omit<Settings, "initial_capital" | "money_decimals" | "currency">>;
  /** Part of the capital, such as 0.25; equal parts where none has one. */
  readonly share?: number;
  /** Always on where it has none. */
  readonly filter?: FilterInput;
}

/** A system with all that its input stands for. */
export interface Member extends Alone {
  readonly name: string;
  readonly share: number;
  readonly prepared: Prepared;
  readonly candidates: readonly Candidate[];
}

/** What is said of the account and of what is traded, for all systems. */
interface OfAll {
  readonly settings?: Partial<Settings>;
  readonly instruments?: Instruments | undefined;
  readonly rates?: Readonly<Record<string, Bars>> | undefined;
}

/**
 * @throws BitFeverError BF5080 or BF5081 for a filter, BF5082 for systems that cannot be told apart or are none, BF5083
 *   for shares that are not a whole, BF5084 for a program of a universe, and what `backtest` throws
 */
export function membersOf(
  systems: readonly SystemInput[],
  { settings, instruments = {}, rates = {} }: OfAll,
): { readonly members: readonly Member[]; readonly days: SystemDays } {
  checkNames(systems);
  const shares = sharesOf(systems);
  const { settings: base } = moneyOf({
    ...{ settings: checkSettings(settings), instruments, rates },
    members: systems.map(({ bars }) => bars),
  });
  const capitals = capitalsOf(shares, base);
  const { currency } = base;
  const all = systems.map((each, i) => {
    const own = { ...settings, ...each.settings, currency, initial_capital: capitals[i] };
    return { input: each, share: shares[i], ...systemOf(each, { settings: own, instruments, rates }) };
  });
  const days = systemDays(all.map(({ prepared, timing }) => ({ time: prepared.bars.time, timing })));
  return {
    days,
    members: all.map(({ input, share, prepared, system }, i) => {
      const own = { days: days.days, closed: [days.closed[i]], dayOf: [days.dayOf[i]] };
      const market = marketOf([input.bars], own, system.settings.initial_capital);
      return {
        ...{ name: input.name, share, prepared, system, market, days: own },
        candidates: candidatesOf(input.filter ?? { name: "always" }, input.name),
        sessions: sessionsOf(system, prepared.sessionEnds, own),
      };
    }),
  };
}

function systemOf(
  { name, strategy, bars, params = {}, markets = {} }: SystemInput,
  {
    settings,
    instruments,
    rates,
  }: {
    readonly settings: Partial<Settings>;
    readonly instruments: Instruments;
    readonly rates: Readonly<Record<string, Bars>>;
  },
): { readonly prepared: Prepared; readonly system: System; readonly timing: ReturnType<typeof timingFor> } {
  if (strategy.program.universe !== null)
    throw new BitFeverError("BF5084", `${name}: "${strategy.program.name}" trades a universe`, {
      hint: "systems that are switched trade one symbol each; give each symbol a system of its own",
    });
  const prepared = prepare(strategy, bars, { params, markets, settings, instruments, rates });
  const { plan, fields, quotes, markets: read } = prepared;
  const { indicators } = strategy;
  const { symbol, intervalMs } = bars;
  return {
    prepared,
    system: {
      ...{ plan, fields, symbol, intervalMs, indicators, instruments, quotes },
      ...{ settings: prepared.settings, markets: read },
    },
    timing: timingFor(plan, prepared.settings, intervalMs, termsOf(symbol, instruments).calendar),
  };
}

function checkNames(systems: readonly SystemInput[]): void {
  if (systems.length === 0)
    throw new BitFeverError("BF5082", "there are no systems", { hint: "give at least one" });
  const names = systems.map(({ name }) => name);
  const twice = names.find((each, i) => names.indexOf(each) !== i);
  if (twice !== undefined)
    throw new BitFeverError("BF5082", `two systems are called \`${twice}\``, {
      hint: "give each system a name of its own",
    });
}

function sharesOf(systems: readonly SystemInput[]): readonly number[] {
  const given = systems.filter(({ share }) => share !== undefined);
  if (given.length === 0) return systems.map(() => 1 / systems.length);
  const shares = systems.map(({ share = NaN }) => share);
  const sum = shares.reduce((a, b) => a + b, 0);
  if (shares.every((each) => each > 0) && Math.abs(sum - 1) < 1e-9) return shares;
  const told = systems.map(
    ({ name, share }) => `${name} ${share === undefined ? "none" : `${100 * share}%`}`,
  );
  throw new BitFeverError("BF5083", `the shares of the systems are not 100% together: ${told.join(", ")}`, {
    hint: "give each a share above 0 that make 100%, or none a share, for equal ones",
  });
}

import type { LawName, Plan } from "@bitfever/lang";
import { calendarOf, sliceBars, type Bars, type Settings } from "@bitfever/engine";
import { mapHistories, timesOf, type Histories } from "./histories.js";
import type { TestFill } from "./run-histories.js";

/** Runs the strategy on bars, with the capital and the tick so many times what the settings say. */
export type RunOnHistories = (histories: Histories, moneyFactor?: number) => readonly TestFill[];

/** Two runs that a law says are alike. */
export interface LawRuns {
  /** What the second run is, for the header of a table. */
  readonly other: string;
  readonly plain: readonly TestFill[];
  readonly changed: readonly TestFill[];
}

/** Something that should not matter to a strategy: a change of the market, and the trades that must follow from it. */
export interface Law {
  readonly meaning: string;
  /** Why a sound strategy may fail it. */
  readonly exception: string;
  /** Keeps prices within a quarter of the middle. */
  readonly isCalm: boolean;
  /** The pairs of runs to compare; what the law says nothing about is left out. */
  readonly runs: (histories: Histories, run: RunOnHistories, place: LawPlace) => Iterable<LawRuns>;
  /** Whether two fills are alike, so far as the law speaks of them. */
  readonly isAlike: (plain: TestFill, changed: TestFill) => boolean;
}

export interface LawPlace {
  readonly plan: Pick<Plan, "calendar" | "markets">;
  readonly settings: Settings;
}

/** The middle of the prices that `mirror` is tried on; they stay positive. */
export const mirrorMiddle = 100;

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
const scaleFactor = 4;

const isSameTrade = (a: TestFill, b: TestFill): boolean =>
  a.bar === b.bar &&
  a.symbol === b.symbol &&
  a.side === b.side &&
  a.tag === b.tag &&
  a.quantity === b.quantity;

const isIdentical = (a: TestFill, b: TestFill): boolean => isSameTrade(a, b) && a.price === b.price;

/**
 * All prices and the capital times four (the tick too, where there is one): the same fills on the same bars, with sides,
 * tags and quantities. Rightly failed by a strategy that knows a price (`close > 100`) or an amount (`size worth 5_000`).
 * Four, because binary fractions lose nothing by it.
 */
const scale: Law = {
  meaning: "with all prices and the capital times four the trades are the same",
  exception: "a fixed price or amount of money, such as `close > 100` or `size worth 5_000`, is not scaled",
  isCalm: false,
  isAlike: isSameTrade,
  *runs(histories, run) {
    const changed = withPrices(histories, (price) => price * scaleFactor);
    yield { other: `prices × ${scaleFactor}`, plain: run(histories), changed: run(changed, scaleFactor) };
  },
};

/**
 * Prices p become 2c − p, highs lows, and lows highs: the strategy buys on the bars on which it sold, and sells where it
 * bought. Tried within a quarter of c, so that prices stay positive and no side loses all it has. Rightly failed by what
 * trades one side only, or the sides by different rules, or measures prices in percent, which a mirror does not keep.
 */
const mirror: Law = {
  meaning: "in a market that falls where this one rises, long and short change places on the same bars",
  exception: "a strategy for one side only, and prices at a percentage (`close * 95%`), are not symmetric",
  isCalm: true,
  isAlike: (a, b) => a.bar === b.bar && a.symbol === b.symbol && a.side !== b.side,
  *runs(histories, run) {
    const turned = withPrices(histories, (price) => 2 * mirrorMiddle - price);
    const changed = mapHistories(turned, (bars) => ({ ...bars, high: bars.low, low: bars.high }));
    yield { other: "mirrored", plain: run(histories), changed: run(changed) };
  },
};

/**
 * All times a week later by the clocks of the market: the same fills, to the price. Histories whose sessions are others
 * then, because of a holiday, are left out. Rightly failed by a strategy that reads dates: `month`, `day`, `on 1mo`.
 */
const shift: Law = {
  meaning: "with all times later by a whole week the trades are the same",
  exception: "a strategy that reads dates, such as `month` or `on 1mo`, sees other ones",
  isCalm: false,
  isAlike: isIdentical,
  *runs(histories, run, { plan, settings }) {
    const isHoliday = (bars: Bars): boolean => bars.time.some(Number.isNaN);
    const changed = mapHistories(histories, (bars) => {
      const market = plan.markets.find(({ symbol }) => symbol === bars.symbol);
      return aWeekLater(bars, market?.calendar ?? plan.calendar, settings);
    });
    if ([...changed.own, ...changed.markets.values()].some(isHoliday)) return;
    yield { other: "a week later", plain: run(histories), changed: run(changed) };
  },
};

/**
 * The first k bars alone give the fills that the whole history gives on them, to the price: nothing was known before its
 * time. No program fails it; if one does, that is a fault of BitFever, to be reported.
 */
const prefix: Law = {
  meaning: "the first bars alone give the trades that the whole history gives on them",
  exception: "none: please report this, it is a fault of BitFever",
  isCalm: false,
  isAlike: isIdentical,
  *runs(histories, run) {
    const whole = run(histories);
    const times = timesOf(histories);
    const cuts = new Set([0.25, 0.5, 0.75, 1].map((share) => Math.ceil((times.length - 1) * share)));
    for (const k of cuts) {
      if (k < 1) continue;
      const plain = whole.filter((each) => each.bar <= k);
      const isSeen = (time: number): boolean => time <= times[k - 1];
      const cut = mapHistories(histories, (bars) => sliceBars(bars, 0, bars.time.filter(isSeen).length));
      yield { other: `first ${k} bars alone`, plain, changed: run(cut) };
    }
  },
};

export const laws: Readonly<Record<LawName, Law>> = { scale, mirror, shift, prefix };

const withPrices = (histories: Histories, change: (price: number) => number): Histories =>
  mapHistories(histories, (bars) => {
    const prices = [bars.open, bars.high, bars.low, bars.close];
    const [open, high, low, close] = prices.map((each) => each.map(change));
    return { ...bars, open, high, low, close };
  });

/** By summer time and winter time a week is an hour longer or shorter. A time is NaN if a holiday is in its way. */
function aWeekLater(bars: Bars, name: string | null, settings: Settings): Bars {
  const calendar = calendarOf(name, { zone: settings.zone, start: settings.session_start });
  const delay = (time: number): number => {
    const [before, after] = [calendar.sessionAt(time), calendar.sessionAt(time + weekMs)];
    const isSame = after.day - before.day === 7 && after.close - after.open === before.close - before.open;
    return isSame ? after.open - before.open : NaN;
  };
  const isDated = bars.intervalMs === 0 || bars.intervalMs >= dayMs;
  return { ...bars, time: bars.time.map((each) => each + (isDated ? weekMs : delay(each))) };
}

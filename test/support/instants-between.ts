import { fieldsOf, type Bars, type Settings } from "@bitfever/engine";
import type { Plan } from "@bitfever/lang";
import { barAt, timelineOf, timingFor, type SymbolBar } from "@bitfever/runtime";

interface Instant {
  readonly time: number;
  readonly bars: readonly SymbolBar[];
}

interface Told {
  readonly plan: Plan;
  readonly members: readonly Bars[];
  readonly settings: Settings;
  readonly markets?: ReadonlyMap<string, Bars>;
}

/** The moments of a universe and of the markets that it reads, from one to before another, with the bars at each. */
export function* instantsBetween(
  { plan, members, settings, markets = new Map() }: Told,
  from: number,
  to: number,
): Generator<Instant, void> {
  const read = plan.markets.flatMap(({ symbol }) => {
    const bars = markets.get(symbol);
    return bars === undefined ? [] : [{ ...bars, symbol }];
  });
  const told = [...members, ...read];
  const { time, momentOf } = timelineOf(told);
  const all = told.map((each) => fieldsOf(each, timingFor(plan, settings, each.intervalMs)));
  const next = momentOf.map((each) => each.findIndex((moment) => moment >= from));
  for (let moment = from; moment < Math.min(to, time.length); moment++) {
    const bars = told.flatMap(({ symbol, intervalMs }, i): readonly SymbolBar[] =>
      momentOf[i][next[i]] === moment ? [{ symbol, intervalMs, bar: barAt(all[i], next[i]++) }] : [],
    );
    yield { time: time[moment], bars };
  }
}

import { BitFeverError, specialise, type Plan, type Program } from "@bitfever/lang";
import {
  catalogueWith,
  metrics,
  shareColumns,
  countOf,
  valueAt,
  valuesAt,
  type Bars,
  type Dimension,
  type MetricContext,
  type Point,
  type Space,
  type SharedWork,
  type Span,
} from "@bitfever/engine";
import { prepare, prepareUniverse, type BacktestOptions } from "../backtest.js";
import type { OwnIndicators } from "../compilation.js";
import { membersOf } from "../universe.js";
import { tradedOn } from "@bitfever/runtime";
import { StudyEvidence } from "./honesty.js";
import {
  columnsRead,
  firstBarOf,
  sliceFields,
  tradedSpan,
  tradeSpan,
  type PreparedHistory,
  type SharedPart,
  type TradedSpan,
} from "./span.js";
import type { TrialOutcome } from "./trial-outcome.js";

/** What of a backtest is the same for all trials. */
export type TrialSettings = Pick<
  BacktestOptions,
  "settings" | "markets" | "instruments" | "rates" | "finer" | "flows" | "actions"
>;

/** How much memory what trials share may take, in bytes, and where it lies. */
export type Sharing = Pick<Parameters<typeof shareColumns>[0], "mostBytes" | "allocate">;

/** All that trials need; but for indicators of one's own it can be sent to another thread. */
export interface TrialInput extends OwnIndicators {
  readonly program: Program;
  readonly bars: readonly Bars[];
  readonly settings: TrialSettings;
  readonly dimensions: readonly Dimension[];
  readonly fixed: Space["fixed"];
  /** A point that the program allows. */
  readonly pilot: Point;
  /** The metrics that are kept of each trial. */
  readonly metrics: readonly string[];
}

/**
 * Makes trials. What does not depend on the values of parameters is made once, when it is made: the columns that programs
 * read, other markets beside them, what metrics look at of the market.
 */
export class TrialRunner {
  readonly history: PreparedHistory;
  /** All bars. */
  readonly whole: Span;
  /** The last bar of each session. */
  readonly sessionEnds: Int32Array;
  private readonly spans = new Map<string, TradedSpan>();
  private readonly catalogue: ReturnType<typeof catalogueWith>;
  /** Of the points of the newest batch, which are asked for again when each is run. */
  private readonly plans = new Map<string, Plan>();
  private readonly longestWarmup: number;

  /** @throws BitFeverError what `backtest` throws for bars and settings */
  constructor(private readonly input: TrialInput) {
    const { program, indicators, bars, settings, pilot } = input;
    const strategy = { program, ...(indicators && { indicators }) };
    const options = { ...settings, params: valuesAt(input, pilot) };
    const members = membersOf(program, bars);
    this.catalogue = catalogueWith(indicators);
    this.history =
      program.universe === null
        ? { kind: "single", of: prepare(strategy, members[0], options) }
        : { kind: "universe", of: prepareUniverse(strategy, members, options) };
    const { fields, sessionEnds } = this.history.of;
    this.whole = { from: 0, to: fields.time.length };
    this.sessionEnds = sessionEnds;
    this.longestWarmup = this.warmupOfAll();
  }

  /**
   * Tries a point. Whatever is thrown on the way makes it a failed trial.
   *
   * @param fidelity  the share of the sessions of the span that it is tried on, the first ones
   * @param span      bars that are traded
   * @param shared    what `share` has computed for it and others
   */
  run(point: Point, fidelity: number, span: Span = this.whole, shared?: SharedPart): TrialOutcome {
    try {
      const { indicators } = this.input;
      const traded = this.spanOf(this.cut(span, fidelity));
      const { run, context } = tradeSpan(this.history, this.planAt(point), traded, {
        ...(indicators && { indicators }),
        ...{ shared, lead: this.longestWarmup },
      });
      const { trades } = context;
      return {
        kind: "figures",
        metrics: Object.fromEntries(this.input.metrics.map((name) => [name, metricOf(name, context)])),
        returns: returnsOf(context),
        trades: trades.length,
        longestHolding: longestHolding(context),
        kernels: "kernels" in run ? run.kernels : 0,
      };
    } catch (thrown) {
      return { kind: "failure", error: errorOf(thrown) };
    }
  }

  /** For the luck of a search over the whole history. */
  evidence(): StudyEvidence {
    const { sessionsPerYear } = this.spanOf(this.whole).idle;
    return new StudyEvidence({ sessions: this.sessionEnds.length, sessionsPerYear });
  }

  /** Computes what the plans at several points have in common; null for a universe, whose members each have bars of their own. */
  share(
    points: readonly Point[],
    sharing: Sharing,
    span: Span = this.whole,
  ): { readonly part: SharedPart; readonly work: SharedWork } | null {
    if (this.history.kind === "universe") return null;
    const { fields, bars, settings, instruments } = this.history.of;
    this.plans.clear();
    const lead = this.longestWarmup;
    const firstBar = Math.max(0, span.from - lead);
    for (const point of points) for (const plan of this.planOrNone(point)) this.plans.set(keyOf(point), plan);
    const plans = [...this.plans.values()].filter((plan) => firstBarOf(plan, span, { lead }) === firstBar);
    if (plans.length === 0) return null;
    const { instrument, timing } = tradedOn({
      ...{ plan: plans[0], symbol: bars.symbol, intervalMs: bars.intervalMs, settings, instruments },
    });
    const surroundings = { timing, instrument: instrument.specification, indicators: this.input.indicators };
    const { columns, work } = shareColumns({
      ...{ surroundings, plans, wanted: columnsRead, ...sharing },
      fields: sliceFields(fields, firstBar, span.to),
    });
    return { part: { columns, firstBar }, work };
  }

  /** The plan of the program at a point. */
  planAt(point: Point): Plan {
    const known = this.plans.get(keyOf(point));
    return known ?? specialise(this.input.program, this.catalogue, valuesAt(this.input, point));
  }

  /**
   * The longest warm-up of all points, as far as the outermost of each parameter tell: indicators of all trials begin as many bars
   * before a span, so that what trials have in common is the same.
   */
  private warmupOfAll(): number {
    const { dimensions, pilot } = this.input;
    const last = dimensions.map(lastOf);
    const points = [
      pilot,
      last,
      ...dimensions.map((_, i) => pilot.map((value, k) => (k === i ? last[i] : value))),
    ];
    return Math.max(...points.flatMap((point) => this.planOrNone(point)).map(({ warmup }) => warmup));
  }

  /** What has no plan fails as a trial. */
  private planOrNone(point: Point): Plan[] {
    try {
      return [this.planAt(point)];
    } catch {
      return [];
    }
  }

  spanOf({ from, to }: Span): TradedSpan {
    const key = `${from} ${to}`;
    const found = this.spans.get(key) ?? tradedSpan(this.history, { from, to });
    this.spans.set(key, found);
    return found;
  }

  /** The first share of a span, up to the end of a session. */
  private cut({ from, to }: Span, fidelity: number): Span {
    if (fidelity === 1) return { from, to };
    const ends = this.sessionEnds.filter((end) => end >= from && end < to);
    return { from, to: ends[Math.max(0, Math.ceil(fidelity * ends.length) - 1)] + 1 };
  }
}

const keyOf = (point: Point): string => point.join(" ");

/** The last of the values of a parameter. */
const lastOf = (dimension: Dimension): number =>
  dimension.kind === "interval" ? dimension.to : valueAt(dimension, countOf(dimension) - 1);

/** Null where it cannot be told. */
export function metricOf(name: string, context: MetricContext): number | null {
  const value = metrics.get(name)?.compute(context);
  return typeof value === "number" ? value : null;
}

/** An account that is worth nothing or less has no returns any more. */
export function returnsOf({ sessionEquity }: MetricContext): Float64Array {
  const returns = new Float64Array(sessionEquity.length - 1);
  for (let i = 0; i < returns.length && sessionEquity[i] > 0; i++)
    returns[i] = sessionEquity[i + 1] / sessionEquity[i] - 1;
  return returns;
}

function longestHolding({ trades: { length, closed, entryBar, exitBar }, bars }: MetricContext): number {
  let longest = 0;
  for (let i = 0; i < length; i++) {
    const end = i < closed ? exitBar[i] : bars.length - 1;
    longest = Math.max(longest, end - entryBar[i]);
  }
  return longest;
}

const errorOf = (thrown: unknown): { readonly code: string; readonly message: string } => ({
  code: thrown instanceof BitFeverError ? thrown.code : "unknown",
  message: thrown instanceof Error ? thrown.message : String(thrown),
});

import { specialise, type Plan, type Program } from "@bitfever/lang";
import {
  catalogueWith,
  ReusedRoom,
  shareColumns,
  countOf,
  valueAt,
  valuesAt,
  type Bars,
  type ColumnMemory,
  type Dimension,
  type Point,
  type Space,
  type SharedWork,
  type Span,
} from "@bitfever/engine";
import { prepare, prepareUniverse, type BacktestOptions } from "../backtest.js";
import type { OwnIndicators } from "../compilation.js";
import { membersOf } from "../members.js";
import { tradedOn } from "@bitfever/runtime";
import { outcomeOf } from "./figures.js";
import { StudyEvidence } from "./honesty.js";
import { marketReturns } from "./judged.js";
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
import { giveBackMemory, takeMemory } from "./warm-memory.js";

/** What of a backtest is the same for all trials. */
export type TrialSettings = Pick<
  BacktestOptions,
  "settings" | "markets" | "instruments" | "rates" | "finer" | "flows" | "actions"
>;

/** How much memory what trials share may take, in bytes, and what of it is there. */
export type Sharing = Pick<Parameters<typeof shareColumns>[0], "mostBytes" | "known">;

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
  /** Whether luck is judged by what is earned beyond the market. */
  readonly beyondMarket: boolean;
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
  /** Of all points, in bars: that of the outermost of each parameter. */
  readonly longestWarmup: number;
  /** Of a trial nothing is kept but numbers: all take their columns from one room, beside what they have in common. */
  private room = new ReusedRoom();
  /** For what trials on a span have in common: the code of this thread reads it where it lies. */
  private columns: {
    readonly on: string;
    readonly length: number;
    readonly memory: ColumnMemory | null;
  } | null = null;

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
    const { metrics, indicators } = this.input;
    return outcomeOf(metrics, () => {
      const room = this.roomBeside(shared);
      room.clear();
      const traded = this.spanOf(this.cut(span, fidelity));
      const { run, context } = tradeSpan(this.history, this.planAt(point), traded, {
        shared,
        lead: this.longestWarmup,
        room,
        ...(indicators && { indicators }),
      });
      return { context, kernels: "kernels" in run ? run.kernels : 0 };
    });
  }

  /** For the luck of a search over the whole history. */
  evidence(): StudyEvidence {
    const { idle } = this.spanOf(this.whole);
    const market = this.input.beyondMarket ? marketReturns(idle) : null;
    return new StudyEvidence({
      ...{ sessions: this.sessionEnds.length, sessionsPerYear: idle.sessionsPerYear, market },
    });
  }

  /** Computes what the plans at several points have in common; null for a universe, whose members each have bars of their own. */
  share(
    points: readonly Point[],
    sharing: Sharing,
    span: Span = this.whole,
  ): { readonly part: SharedPart; readonly work: () => SharedWork } | null {
    if (this.history.kind === "universe") return null;
    const { plan: pilot, fields, bars, settings, instruments } = this.history.of;
    const lead = this.longestWarmup;
    const firstBar = Math.max(0, span.from - lead);
    const at = (place: number): Plan | null => {
      const plan = this.planOrNone(points[place]);
      return plan !== null && firstBarOf(plan, span, { lead }) === firstBar ? plan : null;
    };
    const { instrument, timing } = tradedOn({
      ...{ plan: pilot, symbol: bars.symbol, intervalMs: bars.intervalMs, settings, instruments },
    });
    const surroundings = { timing, instrument: instrument.specification, indicators: this.input.indicators };
    const memory = this.columnsOn(span, span.to - firstBar);
    const { columns, work } = shareColumns({
      ...{ surroundings, plans: { count: points.length, at }, wanted: columnsRead, ...sharing },
      allocate: (length) => memory?.column(length) ?? sharedColumn(length),
      release: (column) => memory?.release(column),
      fields: sliceFields(fields, firstBar, span.to),
    });
    return { part: { columns, firstBar, memory }, work };
  }

  private roomBeside(shared: SharedPart | undefined): ReusedRoom {
    const memory = shared?.memory ?? null;
    if (memory !== null) {
      this.room = rooms.get(memory) ?? new ReusedRoom(memory);
      rooms.set(memory, this.room);
    }
    return this.room;
  }

  /** Columns of another span are of no use to this one. */
  private columnsOn(span: Span, length: number): ColumnMemory | null {
    const on = textOf(span);
    if (this.columns?.on !== on) this.columns = { on, length, memory: takeMemory(length) };
    return this.columns.memory;
  }

  /** Nobody reads any more what trials have in common. */
  letGo(): void {
    const { memory = null, length = 0 } = this.columns ?? {};
    if (memory !== null) giveBackMemory(memory, length);
    this.columns = null;
  }

  /** The plan of the program at a point. */
  planAt(point: Point): Plan {
    return specialise(this.input.program, this.catalogue, valuesAt(this.input, point));
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
    return Math.max(...points.map((point) => this.planOrNone(point)?.warmup ?? 0));
  }

  /** What has no plan fails as a trial. */
  private planOrNone(point: Point): Plan | null {
    try {
      return this.planAt(point);
    } catch {
      return null;
    }
  }

  spanOf({ from, to }: Span): TradedSpan {
    const key = textOf({ from, to });
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

/** Of this thread: a run leaves nothing there that another one reads. */
const rooms = new WeakMap<ColumnMemory, ReusedRoom>();

const textOf = ({ from, to }: Span): string => `${from} ${to}`;

const sharedColumn = (length: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));

/** The last of the values of a parameter. */
const lastOf = (dimension: Dimension): number =>
  dimension.kind === "interval" ? dimension.to : valueAt(dimension, countOf(dimension) - 1);

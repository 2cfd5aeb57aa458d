import { spansInBars, type MetricContext, type Point, type Proposal, type Span } from "@bitfever/engine";
import { bestTrial } from "../optimize/best-trial.js";
import { metricsOf, outcomeOf, returnsOf } from "../optimize/figures.js";
import { flatContext, joinedContext, type SpanOutcome } from "../optimize/joined-context.js";
import { yearlyReturn } from "../optimize/out-of-sample.js";
import type { SearchSetup } from "../optimize/search-setup.js";
import { tradeSpan, type SpanOptions } from "../optimize/span.js";
import { madeInTurn, type TrialSource } from "../optimize/trial-source.js";

/** What is learnt from and what is tested, in sessions; the account is flat at the borders of each span. */
export interface Fold {
  readonly train: readonly Span[];
  readonly test: readonly Span[];
}

/** What came of a fold. */
export interface FoldOutcome {
  readonly trials: number;
  /** Null where no trial keeps all constraints. */
  readonly chosen: Point | null;
  readonly inSample: number | null;
  readonly outOfSample: number | null;
  readonly inSampleReturn: number | null;
  readonly outOfSampleReturn: number;
}

/** A span of sessions and the point it is traded at; nothing is traded where there is none. */
export interface PlacedPoint {
  readonly point: Point | null;
  readonly span: Span;
}

/** Learns from some spans of a history and trades others. A fold depends on nothing that was run before. */
export class FoldRunner {
  constructor(private readonly setup: SearchSetup) {}

  /** Null where it was stopped before its search was over. */
  async run({ train, test }: Fold, signal?: AbortSignal): Promise<FoldOutcome | null> {
    const { measures, input } = this.setup;
    const [{ valueOf }] = measures.objectives;
    const found = await bestTrial(this.setup, this.trialsOn(train), { signal });
    if (found === null) return null;
    const { best, trials } = found;
    const point = best?.found.point ?? null;
    const traded = this.trade(placed(point, test), "all");
    const learnt = point === null ? null : this.trade(placed(point, train), "needed");
    return {
      ...{ trials, chosen: point, inSample: best?.told.objectives[0] ?? null },
      outOfSample: point === null ? null : valueOf(metricsOf(input.metrics, traded)),
      inSampleReturn: learnt && yearlyReturn(returnsOf(learnt), learnt),
      outOfSampleReturn: yearlyReturn(returnsOf(traded), traded),
    };
  }

  /**
   * Trades spans in turn on one account: each begins with what the one before left, and closes its position at its end.
   *
   * @param before  how many of the bars before a span the indicators see
   */
  trade(parts: readonly PlacedPoint[], before: NonNullable<SpanOptions["before"]>): MetricContext {
    const { runner, input } = this.setup;
    const outcomes: SpanOutcome[] = [];
    let capital = runner.history.of.settings.initial_capital;
    for (const { point, span: sessions } of parts) {
      const [span] = spansInBars([sessions], runner.sessionEnds);
      const traded = runner.spanOf(span);
      const context =
        point === null || !(capital > 0)
          ? flatContext(traded.idle, capital)
          : tradeSpan(runner.history, runner.planAt(point), traded, {
              ...{ capital, atEnd: "close", before, lead: runner.longestWarmup },
              ...(input.indicators && { indicators: input.indicators }),
            }).context;
      outcomes.push({ span, context });
      capital = context.sessionEquity.at(-1) ?? capital;
    }
    return joinedContext(outcomes);
  }

  private trialsOn(train: readonly Span[]): TrialSource {
    const trial = ({ point, fidelity }: Proposal): ReturnType<typeof outcomeOf> =>
      outcomeOf(this.setup.input.metrics, () => ({
        context: this.trade(placed(point, firstShare(train, fidelity)), "needed"),
        kernels: 0,
      }));
    return { outcomes: (proposals) => madeInTurn(proposals, trial), close: () => Promise.resolve() };
  }
}

const placed = (point: Point | null, spans: readonly Span[]): readonly PlacedPoint[] =>
  spans.map((span) => ({ point, span }));

/** The first sessions of spans, as large a share of all as is asked for. */
export function firstShare(spans: readonly Span[], share: number): readonly Span[] {
  let left = Math.max(1, Math.ceil(share * spans.reduce((sum, { from, to }) => sum + to - from, 0)));
  return spans.flatMap(({ from, to }) => {
    const taken = Math.min(left, to - from);
    left -= taken;
    return taken === 0 ? [] : [{ from, to: from + taken }];
  });
}

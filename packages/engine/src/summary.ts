import {
  carryModels,
  commissionModels,
  once,
  slippageModels,
  writtenValue,
  type Parameter,
  type ParameterValues,
  type Plan,
  type Program,
} from "@bitfever/lang";
import type { Bars } from "./bars.js";
import { costText } from "./cost-text.js";
import type { MetricContext, Trials } from "./metric.js";
import { metricContext } from "./metric-context.js";
import { computeMetrics } from "./metrics/index.js";
import type { PerformanceRecord } from "./performance-record.js";
import { regimesOf } from "./regimes.js";
import { resample, type ResamplingOptions } from "./resampling.js";
import type {
  AccountFlow,
  AdjustedBy,
  Alert,
  BacktestResult,
  Counts,
  LimitUse,
  ReportedTrade,
} from "./result.js";
import { costsFor, fillsOf, moneyDecimalsOf, type Settings } from "./settings.js";
import { isoTime } from "./time.js";
import { bookedFlows } from "./time-weighted.js";
import type { Trade } from "./trade.js";

export interface SummaryInput {
  readonly program: Program;
  readonly plan: Plan;
  readonly bars: Bars;
  /** What the market is compared by, where that is not the bars themselves. */
  readonly benchmark?: Bars | undefined;
  /** The view of the bars, where corporate actions were given. */
  readonly adjustment?: AdjustedBy | undefined;
  /** The last bar of each session. */
  readonly sessionEnds: Int32Array;
  readonly settings: Settings;
  /** What each instrument was, where that is worth telling. */
  readonly reported?: BacktestResult["instruments"];
  readonly trades: readonly Trade[];
  readonly record: PerformanceRecord;
  readonly counts: Counts;
  readonly cashFlows: readonly AccountFlow[];
  readonly limits: readonly LimitUse[];
  readonly alerts: readonly Alert[];
  /** Whether to draw sessions and trades anew. */
  readonly resample: ResamplingOptions | null;
  readonly trials: Trials;
  readonly hashes: { readonly program: string; readonly data: string; readonly settings: string };
}

/** A finished run as metrics and rolling figures look at it. */
export function contextOf(input: SummaryInput): MetricContext {
  const { bars, benchmark = bars, settings, record, trials } = input;
  const externalFlows = bookedFlows(input.cashFlows, bars.time);
  const initialCapital = settings.initial_capital;
  return metricContext(record, { bars, benchmark, initialCapital, trials, externalFlows }, input.sessionEnds);
}

/**
 * A finished run as the result that people and machines read.
 *
 * @param context  where somebody has made it already
 */
export function summarise(input: SummaryInput, context: MetricContext = contextOf(input)): BacktestResult {
  const { program, plan, bars, settings, trades, counts, limits, alerts, hashes } = input;
  const { path, through, onClose, latency, volume, touch } = fillsOf(plan.fills, settings);
  const { commissions, slippages, carries } = costsFor(plan.costs, settings);
  const { values, reasons } = computeMetrics(context);
  // Few look at them, and they take as long as all metrics.
  const regimes = once(() => regimesOf(context));
  return {
    schema: "bitfever/backtest@1",
    program: { name: program.name, hash: hashes.program },
    data: {
      symbol: bars.symbol,
      intervalMs: bars.intervalMs,
      bars: bars.length,
      from: isoTime(bars.time[0]),
      to: isoTime(bars.time[bars.length - 1]),
      hash: hashes.data,
      ...(input.adjustment && { adjustment: input.adjustment }),
    },
    params: paramsOf(program, plan.parameters),
    settings: {
      ...settings,
      money_decimals: moneyDecimalsOf(settings),
      path,
      through,
      ...(onClose ? { fill_on_close: true } : {}),
      latency,
      volume_limit: volume,
      touch_chance: touch.chance,
      profile: settings.profile ?? plan.fills.profile,
      commission: costText(commissions, commissionModels),
      slippage: costText(slippages, slippageModels),
      carry: carries.length === 0 ? null : costText(carries, carryModels),
    },
    ...(input.reported && { instruments: input.reported }),
    settingsHash: hashes.settings,
    trials: context.trials.count,
    warmup: plan.warmup,
    counts,
    ambiguity: null,
    resampling: input.resample === null ? null : resample(context, input.resample),
    metrics: values,
    metricReasons: reasons,
    get regimes() {
      return regimes();
    },
    limits,
    alerts: alerts.map(({ time, text }) => ({ time: isoTime(time), text })),
    ...(input.cashFlows.length === 0
      ? {}
      : { cashFlows: input.cashFlows.map(({ time, ...rest }) => ({ time: isoTime(time), ...rest })) }),
    trades: trades.map(reportedTrade),
  };
}

/** Parameters as one gives them: members of an enum by name, durations as `30m`. */
export function paramsOf(program: Program, values: ParameterValues): BacktestResult["params"] {
  const valueOf = (parameter: Parameter): number | boolean | string => {
    const value = values[parameter.name];
    if (parameter.type === "bool") return value === 1;
    const isNamed = parameter.type === "enum" || parameter.type === "duration";
    return isNamed ? writtenValue(parameter, value) : value;
  };
  return Object.fromEntries(program.parameters.map((each) => [each.name, valueOf(each)]));
}

export const reportedTrade = (trade: Trade): ReportedTrade =>
  Object.assign({}, trade, {
    entryTime: isoTime(trade.entryTime),
    exitTime: trade.exitTime === null ? null : isoTime(trade.exitTime),
  });

import {
  commissionModels,
  slippageModels,
  writtenValue,
  type Parameter,
  type Plan,
  type Program,
} from "@bitfever/lang";
import type { Bars } from "./bars.js";
import { sessionEnds } from "./calendar.js";
import { costText } from "./cost-text.js";
import type { Fields } from "./evaluate.js";
import { metricContext } from "./metric-context.js";
import { computeMetrics } from "./metrics/index.js";
import { resample, type ResamplingOptions } from "./resampling.js";
import type { Alert, BacktestResult, Counts, LimitUse, ReportedTrade } from "./result.js";
import { costsFor, fillsOf, type Settings } from "./settings.js";
import { isoTime } from "./time.js";
import type { Trade } from "./trade.js";

export interface SummaryInput {
  readonly program: Program;
  readonly plan: Plan;
  readonly bars: Bars;
  readonly fields: Fields;
  readonly settings: Settings;
  readonly trades: readonly Trade[];
  readonly equity: Float64Array;
  readonly position: Float64Array;
  readonly counts: Counts;
  readonly limits: readonly LimitUse[];
  readonly alerts: readonly Alert[];
  /** Whether to draw sessions and trades anew. */
  readonly resample: ResamplingOptions | null;
  readonly hashes: { readonly program: string; readonly data: string; readonly settings: string };
}

/** A finished run as the result that people and machines read. */
export function summarise(input: SummaryInput): BacktestResult {
  const { program, plan, bars, fields, settings, trades, equity, position, counts, limits, alerts, hashes } =
    input;
  const { path, through, onClose, latency, volume, touch } = fillsOf(plan.fills, settings);
  const { commissions, slippages } = costsFor(plan.costs, settings);
  const initialCapital = settings.initial_capital;
  const context = metricContext(
    { bars, equity, position, initialCapital, trades },
    sessionEnds(fields.session_bar),
  );
  const { values, reasons } = computeMetrics(context);
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
    },
    params: paramsOf(program, plan),
    settings: {
      ...settings,
      path,
      through,
      ...(onClose ? { fill_on_close: true } : {}),
      latency,
      volume_limit: volume,
      touch_chance: touch.chance,
      profile: settings.profile ?? plan.fills.profile,
      commission: costText(commissions, commissionModels),
      slippage: costText(slippages, slippageModels),
    },
    settingsHash: hashes.settings,
    trials: 1,
    warmup: plan.warmup,
    counts,
    ambiguity: null,
    resampling: input.resample === null ? null : resample(context, input.resample),
    metrics: values,
    metricReasons: reasons,
    limits,
    alerts: alerts.map(({ time, text }) => ({ time: isoTime(time), text })),
    trades: trades.map(reportedTrade),
  };
}

/** Parameters as one gives them: members of an enum by name, durations as `30m`. */
function paramsOf(program: Program, plan: Plan): BacktestResult["params"] {
  const valueOf = (parameter: Parameter): number | boolean | string => {
    const value = plan.parameters[parameter.name];
    if (parameter.type === "bool") return value === 1;
    const isNamed = parameter.type === "enum" || parameter.type === "duration";
    return isNamed ? writtenValue(parameter, value) : value;
  };
  return Object.fromEntries(program.parameters.map((each) => [each.name, valueOf(each)]));
}

export const reportedTrade = ({ entryTime, exitTime, ...rest }: Trade): ReportedTrade => ({
  ...rest,
  entryTime: isoTime(entryTime),
  exitTime: exitTime === null ? null : isoTime(exitTime),
});

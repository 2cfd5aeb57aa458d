/* What runs in a page and in a web worker: `bitfever/browser`. No file here or behind it asks for anything of Node. */

export { BitFeverError, languageWords, renderDiagnostic } from "@bitfever/lang";
export type { Diagnostic, Parameter, Program, Source } from "@bitfever/lang";
export { barsOf, defaultSettings, defineIndicator, metrics, parseSettings } from "@bitfever/engine";
export type { BacktestCurves, BacktestResult, Bars, Indicator, Metric, Settings } from "@bitfever/engine";
export { backtest, type Backtest, type BacktestOptions } from "../backtest.js";
export { backtestJson } from "../backtest-json.js";
export type { BarTable, Cell } from "./bar-table.js";
export { diagnose } from "./diagnose.js";
export { evaluate, type EvaluatedColumn } from "../evaluate.js";
export { metricText } from "../metric-text.js";
export type { ParameterInput, ParameterValue } from "../parameters.js";
export type { PlacedDiagnostic } from "../placed-diagnostic.js";
export { readBars, type BarInput, type ReadOptions } from "./read-bars.js";
export { compile, defineStrategy, type CompileOptions, type Strategy } from "../strategy.js";
export { equityCsv, tradesCsv } from "../tables.js";

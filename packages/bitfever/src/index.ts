export { BitFeverError, renderDiagnostic } from "@bitfever/lang";
export type { Diagnostic, Parameter, Program, Source } from "@bitfever/lang";
export {
  barsOf,
  checkIndicator,
  defaultSettings,
  defineIndicator,
  defineMetric,
  metrics,
  parseSettings,
} from "@bitfever/engine";
export type {
  BacktestCurves,
  BacktestResult,
  Bars,
  BrokenLaw,
  CorporateAction,
  ExternalFlow,
  Indicator,
  InstrumentChange,
  Instruments,
  InstrumentTerms,
  Metric,
  ReportedInstrument,
  ReportedTrade,
  Settings,
} from "@bitfever/engine";
export { backtest, type Backtest, type BacktestOptions } from "./backtest.js";
export { backtestJson } from "./backtest-json.js";
export { paperOverHistory } from "./paper-over-history.js";
export {
  compareResults,
  type ComparedMetric,
  type Comparison,
  type Difference,
} from "./comparison/compare.js";
export { permutationTest, type PermutationOptions } from "./chance/permutation-test.js";
export type { PermutationResult } from "./chance/permutation-result.js";
export { monteCarlo, type MonteCarloOptions } from "./chance/monte-carlo.js";
export type { MonteCarloResult } from "./chance/monte-carlo-result.js";
export { crossValidate, type CrossValidationOptions } from "./cross-validation/cross-validate.js";
export type { CrossValidationResult } from "./cross-validation/cross-validation-result.js";
export { optimize } from "./optimize/optimize.js";
export type { OptimizeOptions, StudyProgress } from "./optimize/optimize-options.js";
export type { Study } from "./optimize/study.js";
export type { StudyResult } from "./optimize/study-result.js";
export type { StudyTrial } from "./optimize/study-trial.js";
export { walkForward, type Walk, type WalkForwardOptions } from "./optimize/walk-forward.js";
export type { WalkedWindow, WalkResult } from "./optimize/walk-result.js";
export { trialsArrow, trialsCsv } from "./optimize/study-table.js";
export { walkEquityCsv, windowsArrow, windowsCsv } from "./optimize/walk-table.js";
export type { Honesty } from "./optimize/honesty.js";
export { fromArrow, toArrow } from "./frames/arrow.js";
export { fromDataFrame, toDataFrame } from "./frames/data-frame.js";
export type { BaseDataFrame, BaseSeries, DataFrame, GroupedFrame, Series } from "./frames/frame-types.js";
export { display } from "./notebook/display.js";
export { toHtml } from "./notebook/to-html.js";
export type { DisplayOptions } from "./notebook/view.js";
export type { Displayable } from "./notebook/views/index.js";
export { readInstruments } from "./instruments-file.js";
export { evaluate, type EvaluatedColumn } from "./evaluate.js";
export type { GivenBars, GivenColumn, GivenRow } from "@bitfever/engine";
export { readActions, readBars, readFlows, type ReadOptions } from "./files.js";
export { paper, type PaperOptions } from "./paper.js";
export { backtestPortfolio, type Portfolio, type PortfolioOptions } from "./portfolio/portfolio.js";
export type { SystemInput } from "./portfolio/members.js";
export type { FilterInput, FilterValue } from "./portfolio/candidates.js";
export type { PortfolioCurves, PortfolioResult } from "./portfolio/result.js";
export {
  portfolioHtml,
  portfolioMarkdown,
  report,
  type Reported,
  reportHtml,
  reportMarkdown,
  reportSvg,
  studyHtml,
  walkHtml,
} from "./report.js";
export type { SearchPageOptions } from "./search-report/study-page.js";
export type { ParameterInput, ParameterValue } from "./parameters.js";
export { compile, defineStrategy, type CompileOptions, type Strategy } from "./strategy.js";
export { barsTable, equityTable, tradesTable } from "./result-tables.js";
export { bf } from "./template.js";
export { equityCsv, tradesCsv } from "./tables.js";
export type { ToldFill, ToldReason } from "./told-fill.js";
export { whyTrade } from "./why.js";
export { compileForTests } from "./testing/test-program.js";
export { runTests, type TestReport } from "./testing/run-tests.js";
export type { TestOptions } from "./testing/options.js";
export type { TestFailure, TestOutcome } from "./testing/outcome.js";
export type { AccountEvent } from "./trading/account-event.js";
export type { AccountSetup, SeatSetup } from "./trading/account-setup.js";
export type {
  AccountState,
  OpenOrder,
  OwnAccount,
  SeatState,
  UniverseState,
} from "./trading/account-state.js";
export { fileAudit, type Audit, type AuditEntry } from "./by-hand/audit.js";
export { Commands, type CommandOptions, type ConfirmPolicy } from "./by-hand/commands.js";
export { readGates } from "./trading/gates-file.js";
export { instantsOf, type Instant } from "./trading/instants.js";
export { readAccount, type ReadAccount, type ReplayCounts } from "./trading/read-account.js";
export { setUp, type HeardSymbol, type SetUpOptions, type TradedStrategy } from "./trading/set-up.js";
export { defineAccountGate, defineEntryGate } from "@bitfever/runtime";
export type { Plugin } from "./configuration/plugin.js";
export type { FeedKind, FeedSurroundings, OpenFeed } from "./feeds/feed-kind.js";
export type {
  Caller,
  CommandAnswer,
  Service,
  ServiceContext,
  ServiceKind,
  ServiceLog,
} from "./services/service.js";
export { LiveAccount, type LiveAccountOptions } from "./trading/live-account.js";
export type { OpenVenue, VenueKind } from "./venues/venue-kind.js";
export type { AccountTrade, RunningAccount, Told } from "./trading/running-account.js";
export { TradingAccount, type AccountOptions } from "./trading/trading-account.js";
export { version } from "./version.js";

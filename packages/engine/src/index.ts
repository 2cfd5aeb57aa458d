export { againstChance, isBetter, significance, type AgainstChance } from "./against-chance.js";
export { compareMembers } from "./across.js";
export {
  inOrder,
  type CorporateAction,
  type Dividend,
  type Split,
  type SymbolChange,
} from "./actions/action.js";
export { splitOrder, splitPrice, splitTrail } from "./actions/split-order.js";
export { splitQuantity } from "./actions/split-quantities.js";
export { placeActions, type PlacedAction, type PlacedActions, type Ticker } from "./actions/placed.js";
export {
  adjustBars,
  adjustmentSteps,
  heldActions,
  type Adjustment,
  type AdjustmentStep,
  type HeldAction,
} from "./actions/view.js";
export { barsOf, sliceBars, type BarColumns, type Bars } from "./bars.js";
export { catalogue, catalogueWith } from "./catalogue.js";
export { costsOf } from "./cost.js";
export { dayMs, zoneOf, type Zone } from "./data/zone.js";
export { earnedOfAccount } from "./earned-of-account.js";
export { distributionOf, type Distribution } from "./distribution.js";
export { defineIndicator, type Indicator } from "./indicator.js";
export { checkIndicator, type BrokenLaw } from "./indicator-laws/check.js";
export { indicators } from "./indicators/index.generated.js";
export { bootstrappedBars, type BootstrappedBarsOptions } from "./chance/bootstrapped-bars.js";
export { permutedBars, type PermutedBarsOptions } from "./chance/permuted-bars.js";
export {
  SequentialTest,
  type SequentialTestOptions,
  type SequentialTestResult,
} from "./chance/sequential-test.js";
export { followedAccount } from "./chance/followed-account.js";
export { TradeDraws, type TradeDrawOptions } from "./chance/trade-draws.js";
export { ClockBuilder, type ClockState } from "./clock.js";
export { Conversion } from "./conversion.js";
export { currencyForm, pairOf } from "./currency.js";
export type { Fraction } from "./fraction.js";
export { legsBetween, quotesOf, type Quotes } from "./rates.js";
export { closeTimeOf } from "./close-time.js";
export { carries } from "./carries/index.generated.js";
export { commissions } from "./commissions/index.generated.js";
export { chargesOn, type Costs } from "./costs.js";
export {
  kernelsIn,
  shareColumns,
  withShared,
  type GivenColumns,
  type KeptColumns,
  type PlansToRun,
  type SharedWork,
} from "./shared-columns.js";
export type { Signals } from "./signals.js";
export type { Mutable } from "./mutable.js";
export { readAhead } from "./read-ahead.js";
export { isPlainMarket, PlainMarket, type PlainOrder } from "./plain-market.js";
export { calendarOf, daysOf, sessionEnds, sessionEndsWithin } from "./calendar.js";
export { calendarColumns, type CalendarColumnName } from "./calendar-columns.js";
export { calendars } from "./calendars/index.generated.js";
export { checkFlows, type ExternalFlow } from "./external-flow.js";
export { timingOf, type Calendar, type Timing } from "./trading-calendar.js";
export {
  Evaluation,
  type AccountValues,
  type Comparison,
  type EvaluationSnapshot,
  type Fields,
  type MarketBlock,
  type MarketSurroundings,
  type Surroundings,
} from "./evaluate.js";
export {
  defineEquityFilter,
  type EquityFilter,
  type EquityFilterParameter,
  type TrackSoFar,
} from "./equity-filter.js";
export { decide, decisionsOf, trackOf, type Track } from "./equity-decisions.js";
export { equityFilters } from "./equity-filters/index.generated.js";
export { equalWeight } from "./equal-weight.js";
export { redistributed } from "./redistribution.js";
export { weighReturns } from "./weigh-returns.js";
export { weightings } from "./weights/index.generated.js";
export { Instrument, type InstrumentSpecification } from "./instrument.js";
export {
  checkInstruments,
  instrumentKinds,
  settingsOf,
  termDefinitions,
  termsOf,
  type InstrumentChange,
  type InstrumentKind,
  type Instruments,
  type InstrumentTerms,
} from "./instrument-terms.js";
export { flowInDecimals, Ledger, type LedgerSnapshot } from "./ledger.js";
export { orderTypes } from "./orders/index.generated.js";
export type { FillRules } from "./fill-rules.js";
export { Matching, type MatchedBar, type MatchingSnapshot } from "./matching.js";
export {
  defineMetric,
  isUnknown,
  onlyTrial,
  unknown,
  type Metric,
  type MetricContext,
  type MetricUnit,
  type Trials,
  type Unknown,
} from "./metric.js";
export type {
  CancelReason,
  CashFlow,
  CashFlowReason,
  Command,
  Fill,
  FillReason,
  HeldSplit,
  Order,
  OrderTypeName,
  Purpose,
  Side,
  Trail,
  VenueEvent,
} from "./order.js";
export { LoggedMatching } from "./logged-matching.js";
export type { LoggedOrder } from "./order-log.js";
export {
  cancelReasons,
  happeningOf,
  isOver,
  orderLife,
  stateAfter,
  type OrderHappening,
  type OrderState,
} from "./order-life.js";
export { accountOn, metricContext } from "./metric-context.js";
export { CodedRanges } from "./wasm/coded-ranges.js";
export { ColumnMemory } from "./wasm/column-memory.js";
export type { CodeMemory } from "./wasm/web-assembly.js";
export { curveFrom, curveOf, valuesOf, type Curve } from "./curve.js";
export { recordOf, type PerformanceRecord } from "./performance-record.js";
export { columnsMovedBy, type TradeColumns } from "./trade-columns.js";
export { monthsOf } from "./months.js";
export { profiles } from "./profiles/index.generated.js";
export { freshRoom, ReusedRoom, type Room } from "./room.js";
export { generatorFor, randomOf } from "./random.js";
export { randomSpells, spellsOf } from "./random-spells.js";
export {
  combinatorial,
  pathValues,
  type Combinatorial,
  type CombinatorialOptions,
  type CombinatorialSplit,
} from "./validation/combinatorial.js";
export { kFold, type KFoldOptions } from "./validation/k-fold.js";
export { spansInBars, type Distances, type Span, type ValidationSplit } from "./validation/split.js";
export { walkForward, type WalkForwardOptions, type WalkLengths } from "./validation/walk-forward.js";
export { walkWindows, type WalkOptions, type WalkWindow } from "./walk-windows.js";
export { areFinite } from "./statistics.js";
export { certaintyAbove, sharpeEstimateOf, type SharpeEstimate } from "./sharpe-estimate.js";
export { usualBlock } from "./stationary-blocks.js";
export { slippages } from "./slippages/index.generated.js";
export {
  countOf,
  placeOf,
  spaceOf,
  valueAt,
  valuesAt,
  type Dimension,
  type Point,
  type Space,
} from "./optimise/space.js";
export { countFeasible, feasiblePoints, neighboursOf, sizeOf } from "./optimise/points.js";
export {
  defineSearchMethod,
  type Proposal,
  type Search,
  type SearchInput,
  type SearchMethod,
  type Trial,
} from "./optimise/method.js";
export {
  optionsOf,
  rangeText,
  type MethodOption,
  type OptionTable,
  type OptionValue,
  type OptionValues,
} from "./optimise/option.js";
export { replay, searchMethodOf, startSearch } from "./optimise/search.js";
export { paretoSet } from "./optimise/pareto.js";
export { searchMethods } from "./optimise/methods/index.generated.js";
export { pathNames, type PathName } from "./path.js";
export { beyondMarket } from "./overfitting/beyond-market.js";
export { blockSums } from "./overfitting/block-sums.js";
export { deflatedSharpeOf } from "./overfitting/deflated-sharpe.js";
export { expectedBest } from "./expected-best.js";
export { effectiveTrials } from "./overfitting/effective-trials.js";
export { doEvidenceWork, type DoneEvidence, type EvidenceWork } from "./overfitting/evidence-work.js";
export { minimumBacktestLength } from "./overfitting/minimum-backtest-length.js";
export { minimumTrackRecord } from "./overfitting/minimum-track-record.js";
export { plateauOf, type Plateau, type PlateauInput } from "./overfitting/plateau.js";
export {
  probabilityOfOverfitting,
  type Degradation,
  type OverfittingOptions,
  type ProbabilityOfOverfitting,
} from "./overfitting/probability-of-overfitting.js";
export {
  RealityCheck,
  type RealityCheckOptions,
  type RealityCheckPart,
  type RealityCheckResult,
} from "./overfitting/reality-check.js";
export {
  SearchEvidence,
  type EvidenceOptions,
  type EvidencePart,
  type EvidenceReport,
} from "./overfitting/search-evidence.js";
export { sliceStatistics, type SliceStatistic } from "./overfitting/slice-statistic.js";
export { trialClusters, type TrialClusters } from "./overfitting/trial-clusters.js";
export { verdictOn, type Verdict, type VerdictInput, type VerdictWord } from "./overfitting/verdict.js";
export { childTerms } from "./child-terms.js";
export { Holding, type HoldingSnapshot } from "./holding.js";
export { portionOf } from "./portion.js";
export { purseOf, tillOf, type Purse, type Till } from "./purse.js";
export type {
  AccountFlow,
  AdjustedBy,
  Alert,
  AmbiguityBand,
  BacktestCurves,
  BacktestResult,
  SessionEquity,
  Counts,
  LimitUse,
  PathOutcome,
  ReportedTrade,
} from "./result.js";
export {
  checkSettings,
  costsFor,
  defaultSettings,
  fillsOf,
  moneyDecimalsOf,
  parseSettings,
  profileOf,
  settingDefinitions,
  type Settings,
} from "./settings.js";
export type { Settlement } from "./settlement.js";
export type { ExitReason, Trade, TradeSide } from "./trade.js";
export { fieldsOf } from "./fields.js";
export { metrics } from "./metrics/index.js";
export { contextOf, paramsOf, reportedTrade, summarise, type SummaryInput } from "./summary.js";
export type { Regime, RegimeFigures, Regimes } from "./regimes.js";
export { rollingOf, type Rolling, type RollingFigure } from "./rolling.js";
export { rollingFigures } from "./rolling/index.js";
export { intervalOf } from "./resampling.js";
export type { Interval, Resampling, ResamplingOptions, TradeIntervals } from "./resampling.js";
export {
  arrowFile,
  arrowTable,
  barsOfGiven,
  readActionColumns,
  readActions,
  readBars,
  readFlows,
  readPositions,
  toArrow,
  writeArrow,
  type ArrowCell,
  type GivenBars,
  type GivenColumn,
  type GivenRow,
} from "./data/index.js";
export type {
  Defect,
  FormatName,
  ListedPosition,
  ReadActions,
  ReadOptions,
  ReadResult,
} from "./data/index.js";
export { computeMetrics, type MetricValues } from "./metrics/index.js";
export { reportedInstruments, type ReportedInstrument } from "./reported-instrument.js";
export { firstNotBefore } from "./bisection.js";
export { ln } from "./portable.js";
export { startOf, trailingDistance } from "./trail.js";
export { offsetPrice } from "./offset.js";
export { isoTime } from "./time.js";
export { bookedFlows, timeWeighted, type BookedFlow } from "./time-weighted.js";

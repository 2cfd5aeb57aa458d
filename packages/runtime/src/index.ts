export { BitFeverError, nearest, textOfError } from "@bitfever/lang";
export {
  daysOf,
  Instrument,
  randomOf,
  timingOf,
  zoneOf,
  type InstrumentSpecification,
  type Order,
  type OrderTypeName,
} from "@bitfever/engine";
export { barAt } from "./row.js";
export { backtest, finish, type BacktestOptions } from "./backtest.js";
export type { BacktestRun } from "./walk.js";
export { defineAccountGate, defineEntryGate } from "./gates/define-gate.js";
export { gates } from "./gates/catalogue/index.generated.js";
export type { AccountState, AccountView, Gate, Holding, OrderProposal, Scope } from "./gates/gate.js";
export type {
  BlackoutEvent,
  GateAction,
  GateRule,
  HoursWindow,
  Per,
  SessionHours,
  Weekday,
} from "./gates/gate-rule.js";
export {
  Gatekeeper,
  isApproved,
  type Approved,
  type Decision,
  type GatekeeperSnapshot,
  type GateUse,
  type Hold,
  type Refusal,
} from "./gates/gatekeeper.js";
export { unitWords, type LimitUnit } from "./gates/limit-unit.js";
export {
  instructions,
  tradingStates,
  type Instruction,
  type TradingHappening,
  type TradingState,
} from "./gates/trading-state.js";
export type {
  Broker,
  BrokerCapabilities,
  CancelRequest,
  ClosedBar,
  Feed,
  MarketBar,
  SessionEvent,
  SnapshotRequest,
  SymbolVenue,
  TradedInstrument,
  VenueCash,
  VenueOrder,
  VenueOrderStatus,
  VenueReport,
  VenueSnapshot,
  VenueTrade,
} from "./contract.js";
export {
  besideBars,
  historyOf,
  marketBlock,
  marketsRead,
  marketSurroundings,
  type MarketHistory,
} from "./markets.js";
export { paper, type PaperOptions } from "./paper.js";
export type { Limit, LimitedAccount } from "./limit.js";
export { limits } from "./limits/index.generated.js";
export { listsBy } from "./lists-by.js";
export type { Universe, UniverseSnapshot } from "./universe/universe.js";
export { timelineOf, type Timeline } from "./universe/timeline.js";
export { commonCalendar, portfolio, type PortfolioOptions, type PortfolioRun } from "./universe/portfolio.js";
export {
  checkClock,
  instrumentOf,
  outcome,
  simulation,
  timingFor,
  tradedOn,
  type MeasuredRun,
  type Run,
  type SimulationOptions,
} from "./run.js";
export { holdSystems, type System, type SystemRun, type SystemsOptions, type SystemsRun } from "./systems.js";
export { systemDays, type SystemDays } from "./system-days.js";
export { Session, type SessionOptions, type SessionSnapshot } from "./session.js";
export { simulateBar } from "./simulate.js";
export { damageText, type JournalDamage, type PassedOver } from "./journal/damage.js";
export { fileStore } from "./journal/file-store.js";
export { Journal, type JournalOptions } from "./journal/journal.js";
export { readJournal, type JournalReader } from "./journal/reader.js";
export type { JournalRecord } from "./journal/records.js";
export type { JournalSnapshot } from "./journal/snapshots.js";
export type { JournalStore } from "./journal/store.js";
export { textOf, valueOf } from "./journal/values.js";
export {
  Backfill,
  type BackfillOptions,
  type BackfillOutput,
  type BackfillRequest,
  type BackfillSnapshot,
} from "./feeds/backfill.js";
export { backfilled, type FeedClock } from "./feeds/backfilled.js";
export { BarBuilder, type BarBuilderOptions, type BarBuilderSnapshot } from "./feeds/bar-builder.js";
export { barGrid, type BarGrid, type BarSpan } from "./feeds/bar-grid.js";
export {
  ClosedCandles,
  type CandleUpdate,
  type ClosedCandlesOptions,
  type ClosedCandlesSnapshot,
} from "./feeds/closed-candles.js";
export type { Candle, FeedCounts, FeedEvent, FeedTrade, Gap } from "./feeds/feed-event.js";
export type { DeskCommand, Notice, NoticeName } from "./desk/command.js";
export { freeOf } from "./desk/capital-shares.js";
export { byHand, handProgram, type HandLevel, type HandOrder } from "./desk/by-hand.js";
export { Desk, type DeskOptions, type DeskSnapshot } from "./desk/desk.js";
export type { Judgement } from "./desk/hand-orders.js";
export { clientIdOf } from "./desk/client-id.js";
export type { DeskInput, OperatorOrder, SymbolBar } from "./desk/input.js";
export { usualPatience, type Member, type Patience } from "./desk/member.js";
export type { BookedOrder } from "./desk/order-book.js";
export {
  positionDifferences,
  type Accepted,
  type Difference,
  type DifferencePolicy,
  type OwnPosition,
} from "./desk/reconcile.js";
export { EquitySwitch, type EquitySwitchSnapshot, type SwitchRule } from "./desk/equity-switch.js";
export {
  seatOf,
  universeSeatsOf,
  type Seat,
  type SeatOptions,
  type UniverseSeatsOptions,
} from "./desk/seat.js";
export { venueOrderLife, type VenueOrderState } from "./desk/venue-order-life.js";
export { drift, type DriftOptions } from "./drift/drift.js";
export {
  driftText,
  type BarDrift,
  type DriftCause,
  type DriftPart,
  type DriftReport,
} from "./drift/drift-report.js";
export {
  LiveTrading,
  type ClosedBars,
  type LiveClock,
  type LiveTradingOptions,
  type StopOptions,
} from "./live/live-trading.js";
export {
  deskRecords,
  KeptDesk,
  type Beside,
  type KeptDeskOptions,
  type KeptState,
} from "./live/kept-desk.js";
export { deskAtHand } from "./live/desk-at-hand.js";
export { PaperTrading, type PaperTradingOptions } from "./live/paper-trading.js";
export { replay, type Onlooker, type Replayed, type ReplayDifference } from "./live/replay.js";
export { Runner, type DeskLog, type DeskRecord } from "./live/runner.js";
export { joinedBroker, type JoinedVenue } from "./venue/joined-broker.js";
export type { Misfortune } from "./venue/misfortune.js";
export { SimulatedVenue, type Lacks, type SimulatedMarket } from "./venue/simulated.js";
export { NettingVenue, type NetMarket } from "./venue/netting.js";
export { netMarketOf } from "./venue/net-market.js";
export type { DeskVenue, StrayPolicy } from "./desk/desk-venue.js";
export {
  simulatedBroker,
  type SimulatedBroker,
  type SimulatedBrokerOptions,
} from "./venue/simulated-broker.js";
export { brokerFaults } from "./testing/broker-faults.js";
export type { BrokerTrial } from "./testing/broker-trial.js";
export { feedFaults } from "./testing/feed-faults.js";
export { testBroker, type BrokerTestOptions } from "./testing/test-broker.js";
export { testFeed, type FeedMachine, type FeedTrial } from "./testing/test-feed.js";

export { barAt } from "./row.js";
export { backtest, finish, type BacktestOptions } from "./backtest.js";
export type { BacktestRun } from "./walk.js";
export type { ClosedBar, Feed, MarketBar, SessionEvent } from "./contract.js";
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
export { timelineOf, type Timeline } from "./timeline.js";
export { commonCalendar, portfolio, type PortfolioOptions, type PortfolioRun } from "./portfolio.js";
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
export { feedFaults } from "./testing/feed-faults.js";
export { testFeed, type FeedMachine, type FeedTrial } from "./testing/test-feed.js";

export { backtest, barAt, finish, type BacktestOptions, type BacktestRun } from "./backtest.js";
export type { ClosedBar, Feed, SessionEvent } from "./contract.js";
export { paper, type PaperOptions } from "./paper.js";
export type { Limit, LimitedAccount } from "./limit.js";
export { limits } from "./limits/index.generated.js";
export { outcome, simulation, timingFor, type Run, type SimulationOptions } from "./run.js";
export { Session, type SessionOptions, type SessionSnapshot } from "./session.js";
export { simulateBar } from "./simulate.js";

import type { BacktestResult } from "@bitfever/engine";
import type { DriftReport } from "@bitfever/runtime";
import type { MonteCarloResult } from "../chance/monte-carlo-result.js";
import type { PermutationResult } from "../chance/permutation-result.js";
import type { Comparison } from "../comparison/compare.js";
import type { CrossValidationResult } from "../cross-validation/cross-validation-result.js";
import type { WorkerEvent } from "../optimize/queue/worker-event.js";
import type { StudyResult } from "../optimize/study-result.js";
import type { WalkResult } from "../optimize/walk-result.js";
import type { PortfolioResult } from "../portfolio/result.js";
import type { WrittenAccount } from "./account-outputs.js";
import type { PlacedDiagnostic } from "../placed-diagnostic.js";
import type { WrittenCheck } from "./commands/config.js";
import type { WrittenReconciliation } from "./commands/reconcile.js";
import type { WrittenReplay } from "./commands/replay.js";
import type { WrittenServer } from "./commands/venue-server.js";
import type { WrittenVenue } from "./commands/venues.js";
import type { WrittenTests } from "./test-outcomes.js";

/**
 * What each command writes with `--json`. The published schemas are generated from these types, so that what a program is checked by and
 * what others check its output by are one description.
 */
export interface JsonOutputs {
  readonly "bf-compile": readonly PlacedDiagnostic[];
  readonly check: readonly PlacedDiagnostic[];
  readonly test: WrittenTests;
  readonly backtest: BacktestResult;
  readonly compare: Comparison;
  readonly optimize: StudyResult;
  readonly walk: WalkResult;
  readonly validate: CrossValidationResult;
  readonly permute: PermutationResult;
  readonly montecarlo: MonteCarloResult;
  readonly portfolio: PortfolioResult;
  /** Of one file over one history what a backtest writes, else how the account stands. */
  readonly paper: BacktestResult | WrittenAccount;
  readonly live: WrittenAccount;
  readonly replay: WrittenReplay;
  readonly reconcile: WrittenReconciliation;
  readonly drift: DriftReport;
  readonly "config-check": WrittenCheck;
  readonly venues: readonly WrittenVenue[];
  readonly "venue-server": WrittenServer;
  /** A line each. */
  readonly worker: WorkerEvent;
}

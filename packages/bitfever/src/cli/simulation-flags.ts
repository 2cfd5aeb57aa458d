import type { HistoryFlags } from "./histories.js";
import type { CacheFlags } from "./kept-runs/cache-options.js";

/** What a run over a history is asked for. */
export interface SimulationFlags extends HistoryFlags, CacheFlags {
  readonly param?: Record<string, string>;
  readonly set?: Record<string, string>;
  readonly magnify?: string;
  readonly json?: string;
  readonly trades?: string;
  readonly orders?: string;
  readonly equity?: string;
  readonly alerts?: string;
  readonly report?: string;
  readonly markdown?: string;
  readonly svg?: string;
  readonly assert?: string[];
  readonly baseline?: string;
  readonly allowWorse?: Record<string, string>;
  readonly junit?: string;
  readonly github?: true;
  readonly resample?: number;
  readonly seed: number;
  readonly trials?: number;
  readonly trialsDeviation?: number;
}

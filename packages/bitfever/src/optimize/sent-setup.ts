import type { Bars } from "@bitfever/engine";
import type { Strategy } from "../strategy.js";
import type { OptimizeOptions } from "./optimize-options.js";
import { searchSetup, type SearchSetup } from "./search-setup.js";
import { onSharedMemory } from "./shared-bars.js";

/** What a worker thread makes the setup of a search of: plain data, with bars on memory that threads share. */
export interface SentSetup {
  readonly strategy: Pick<Strategy, "program">;
  readonly bars: readonly Bars[];
  readonly options: OptimizeOptions;
}

/** @param options  those that the setup was made with, and without indicators of one's own */
export function sentSetup({ strategy, input }: SearchSetup, options: OptimizeOptions): SentSetup {
  const { bars, settings } = onSharedMemory(input);
  return {
    ...{ strategy: { program: strategy.program }, bars },
    // Functions and signals cannot be sent.
    options: { ...options, ...settings, signal: undefined, onProgress: undefined, onShared: undefined },
  };
}

export const receivedSetup = ({ strategy, bars, options }: SentSetup): SearchSetup =>
  searchSetup(strategy, bars, options);

import { BitFeverError } from "@bitfever/lang";
import { bootstrappedBars, generatorFor, permutedBars, usualBlock, type Bars } from "@bitfever/engine";
import type { SearchSetup } from "../optimize/search-setup.js";
import type { TrialInput, TrialRunner } from "../optimize/trial.js";

/** How bars of chance are made of those that were. */
export interface Drawing {
  readonly kind: "permuted" | "bootstrapped";
  readonly seed: number;
  /** The first bar that may change. */
  readonly from: number;
  /** Mean length of the blocks that are drawn, in bars. */
  readonly meanBlock?: number | undefined;
  /** Of each bar, whose place it may take; all with all where not given. */
  readonly kinds?: Int32Array | undefined;
}

type Market = Pick<TrialInput, "bars" | "settings">;

/**
 * The history of a run by chance: what is traded and the other markets that are read are drawn together, rates of currencies
 * stay as they were.
 *
 * @throws BitFeverError BF5124 for markets that cannot be drawn together, BF5125 for blocks that are too long, BF5143 for finer bars
 *   and corporate actions
 */
export function drawMarket({ bars, settings }: Market, drawing: Drawing, number: number): Market {
  refuseBound(settings);
  const { kind, seed, from, meanBlock, kinds } = drawing;
  const others = Object.entries(settings.markets ?? {});
  const all = [...bars, ...others.map(([, each]) => each)];
  const random = generatorFor(seed, kind, number);
  const drawn: Bars[] =
    kind === "permuted"
      ? permutedBars(all, random, { from, ...(kinds && { kinds }) })
      : bootstrappedBars(all, random, { from, ...(meanBlock !== undefined && { meanBlock }) });
  const markets = others.map(([symbol], i) => [symbol, drawn[bars.length + i]] as const);
  return {
    bars: drawn.slice(0, bars.length),
    settings: { ...settings, ...(others.length > 0 && { markets: Object.fromEntries(markets) }) },
  };
}

/** @throws BitFeverError BF5143 for what is bound to the bars as they were */
function refuseBound({ finer, actions }: Market["settings"]): void {
  const refuse = (what: string, hint: string): never => {
    throw new BitFeverError("BF5143", `${what} belong to the bars as they were, and not to bars of chance`, {
      hint,
    });
  };
  if (finer !== undefined)
    refuse("finer bars", "leave them out; the path inside a bar is the setting `path`");
  if (actions !== undefined)
    refuse("corporate actions", "leave them out, and give prices that are adjusted already");
}

/** The bars that warm the defaults up stay as they are; bars that are permuted keep what happened over night there. */
export function drawingOf(
  { runner, input, seed }: Pick<SearchSetup, "runner" | "input" | "seed">,
  {
    kind,
    meanBlock,
    keepsTimeOfDay = false,
  }: Pick<Drawing, "kind" | "meanBlock"> & { readonly keepsTimeOfDay?: boolean },
): Drawing {
  const from = Math.max(1, runner.planAt(input.pilot).warmup);
  return kind === "permuted"
    ? { kind, seed, from, kinds: kindsOf(runner, keepsTimeOfDay) }
    : { kind, seed, from, meanBlock: meanBlock ?? usualBlock(runner.whole.to - from) };
}

/**
 * Which bars may change places: the first ones of sessions among themselves, so that what happened over night stays there, and
 * the others among themselves; or only those at the same place of their sessions. All with all where a bar is a session.
 */
export function kindsOf(
  { sessionEnds, whole }: Pick<TrialRunner, "sessionEnds" | "whole">,
  keepsPlace: boolean,
): Int32Array | undefined {
  if (sessionEnds.length === whole.to) return undefined;
  const kinds = new Int32Array(whole.to);
  let first = 0;
  for (const end of sessionEnds) {
    for (let bar = first; bar <= end; bar++) kinds[bar] = keepsPlace ? bar - first : Math.min(1, bar - first);
    first = end + 1;
  }
  return kinds;
}

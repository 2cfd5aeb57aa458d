import type { Bars } from "../bars.js";
import { rangesOf, type PriceRanges } from "../price-ranges.js";
import {
  bothLanes,
  double,
  higher,
  inOrder,
  integer,
  isBelow,
  laneOf,
  loadPair,
  loadTwice,
  lower,
  pairHigher,
  pairLower,
  plus,
  repeatedWhile,
  shiftedLeft,
  store,
  when,
  type Integer,
} from "./code.js";
import { FunctionDraft } from "./module.js";
import { memoryOf, programOn, type Program } from "./web-assembly.js";

/**
 * Ranges of bars of which many are asked: highs and lows stand in memory of code that compares two of each at once. The first that is asked
 * makes it; where no code can be made, bars are looked at one by one.
 */
export class CodedRanges implements PriceRanges {
  private made: { readonly run: Program; readonly found: Float64Array } | null | undefined;
  private readonly plain: PriceRanges;
  highest = NaN;
  lowest = NaN;

  constructor(private readonly bars: Pick<Bars, "high" | "low">) {
    this.plain = rangesOf(bars);
  }

  look(from: number, to: number): void {
    if (this.made === undefined) this.made = this.make();
    const { made } = this;
    if (made === null) {
      this.plain.look(from, to);
      this.highest = this.plain.highest;
      this.lowest = this.plain.lowest;
    } else {
      made.run(from, to);
      this.highest = made.found[0];
      this.lowest = made.found[1];
    }
  }

  private make(): { readonly run: Program; readonly found: Float64Array } | null {
    const { high, low } = this.bars;
    const { length } = high;
    try {
      const memory = memoryOf(slot * (2 + 2 * length));
      const all = new Float64Array(memory.buffer);
      all.set(high, 2);
      all.set(low, 2 + length);
      return { found: all, run: programOn(memory, `ranges of ${length}`, () => rangeLoop(length)) };
    } catch {
      return null;
    }
  }
}

const slot = Float64Array.BYTES_PER_ELEMENT;

/** Two bars at a time; a last one alone fills both lanes. What compares false stays, as in a comparison of one. */
function rangeLoop(length: number): Uint8Array {
  const draft = new FunctionDraft();
  const [at, end] = [draft.local("i32"), draft.local("i32")];
  const [highest, lowest] = [draft.local("v128"), draft.local("v128")];
  const [highs, lows] = [slot * 2, slot * (2 + length)];
  const inBytes = (bar: Integer): Integer => shiftedLeft(bar, integer(3));
  const areTwo = isBelow(plus(at.value, integer(slot)), end.value);
  const body = inOrder(
    at.set(inBytes(draft.from.value)),
    end.set(inBytes(draft.to.value)),
    highest.set(bothLanes(double(-Infinity))),
    lowest.set(bothLanes(double(Infinity))),
    when(areTwo, [
      repeatedWhile(
        areTwo,
        highest.set(pairHigher(highest.value, loadPair(at.value, highs))),
        lowest.set(pairLower(lowest.value, loadPair(at.value, lows))),
        at.set(plus(at.value, integer(2 * slot))),
      ),
    ]),
    when(isBelow(at.value, end.value), [
      highest.set(pairHigher(highest.value, loadTwice(at.value, highs))),
      lowest.set(pairLower(lowest.value, loadTwice(at.value, lows))),
    ]),
    store(integer(0), 0, higher(laneOf(highest.value, 0), laneOf(highest.value, 1))),
    store(integer(0), slot, lower(laneOf(lowest.value, 0), laneOf(lowest.value, 1))),
  );
  return draft.module(body, integer(0));
}

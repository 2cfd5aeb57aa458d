import {
  absolutePairs,
  add,
  addPairs,
  areBothLanes,
  areGreater,
  areLess,
  bitsOfLane,
  bothLanes,
  bothMasks,
  double,
  inOrder,
  integer,
  isBelow,
  isZero,
  laneOf,
  load,
  loadInteger,
  loadPair,
  loadTwice,
  multiplyPairs,
  negatedPairs,
  plus,
  repeatedWhile,
  shiftedLeft,
  shiftedRight,
  store,
  storeInteger,
  storePair,
  subtractPairs,
  when,
  type Integer,
  type Pair,
  type Statement,
} from "./code.js";
import { FunctionDraft } from "./module.js";
import { memoryOf, programOn, type Program } from "./web-assembly.js";

/** What `Slices` looks at, on memory of code: the sums of parts of a trial, and what stands beside each half. */
export interface SliceColumns {
  readonly lowerFirst: Float64Array;
  readonly lowerSecond: Float64Array;
  readonly upperFirst: Float64Array;
  readonly upperSecond: Float64Array;
  readonly ratios: Float64Array;
  readonly counts: Float64Array;
  readonly unclear: Int32Array;
}

/** Runs of halves: the upper part that each has, the first of its lower parts, which follow one another, and where it ends. */
interface Runs {
  readonly uppers: ArrayLike<number>;
  readonly lowers: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

export interface SliceLimits {
  /** So near to a ratio, in parts of the second sum, nothing is clear. */
  readonly near: number;
  /** From this part of the second sum on nothing is clear. */
  readonly most: number;
  readonly almostNothing: number;
}

/** The loops of `Slices` as code that goes two halves at a time; each says how many halves are unclear. */
export interface CodedSlices {
  readonly columns: SliceColumns;
  readonly notBelow: () => number;
  readonly countBelow: (each: number) => number;
}

const slot = Float64Array.BYTES_PER_ELEMENT;
const word = Int32Array.BYTES_PER_ELEMENT;

/** Null where no code can be made. */
export function codedSlices(
  parts: number,
  halves: number,
  runs: Runs,
  limits: SliceLimits,
): CodedSlices | null {
  const count = runs.ends.length;
  const places = placesOf(parts, halves, count);
  try {
    const memory = memoryOf(places.end);
    const doubles = (at: number, length: number): Float64Array => new Float64Array(memory.buffer, at, length);
    const words = (at: number, length: number): Int32Array => new Int32Array(memory.buffer, at, length);
    const parameters = doubles(places.parameters, 3);
    parameters.set([limits.near, limits.most]);
    for (let run = 0; run < count; run++) {
      words(places.uppers, count)[run] = slot * runs.uppers[run];
      words(places.lowers, count)[run] = slot * runs.lowers[run];
      words(places.ends, count)[run] = slot * runs.ends[run];
    }
    const shape = `${parts} ${halves} ${count} ${limits.almostNothing}`;
    const program = (isCounting: boolean): Program =>
      programOn(memory, `slices ${isCounting ? "counted" : "not below"} of ${shape}`, () =>
        sliceLoop(places, word * count, { isCounting, almostNothing: limits.almostNothing }),
      );
    const [counted, notBelow] = [program(true), program(false)];
    return {
      columns: {
        lowerFirst: doubles(places.lowerFirst, parts),
        lowerSecond: doubles(places.lowerSecond, parts),
        upperFirst: doubles(places.upperFirst, parts),
        upperSecond: doubles(places.upperSecond, parts),
        ratios: doubles(places.ratios, halves),
        counts: doubles(places.counts, halves),
        unclear: words(places.unclear, halves),
      },
      notBelow: () => notBelow(0, 0),
      countBelow(each) {
        parameters[2] = each;
        return counted(0, 0);
      },
    };
  } catch {
    return null;
  }
}

/** Where everything lies, in bytes. */
type Places = Record<keyof SliceColumns | "parameters" | "uppers" | "lowers" | "ends" | "end", number>;

function placesOf(parts: number, halves: number, runs: number): Places {
  let end = 0;
  const take = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 16) * 16;
    return at;
  };
  return {
    parameters: take(3 * slot),
    lowerFirst: take(parts * slot),
    lowerSecond: take(parts * slot),
    upperFirst: take(parts * slot),
    upperSecond: take(parts * slot),
    ratios: take(halves * slot),
    counts: take(halves * slot),
    unclear: take(halves * word),
    uppers: take(runs * word),
    lowers: take(runs * word),
    ends: take(runs * word),
    end,
  };
}

function sliceLoop(
  places: Places,
  runBytes: number,
  { isCounting, almostNothing }: { readonly isCounting: boolean; readonly almostNothing: number },
): Uint8Array {
  const draft = new FunctionDraft();
  const [run, upper, lower] = [draft.local("i32"), draft.local("i32"), draft.local("i32")];
  const [at, end, found] = [draft.local("i32"), draft.local("i32"), draft.local("i32")];
  const [first, second, near, most, each] = [
    draft.local("v128"),
    draft.local("v128"),
    draft.local("v128"),
    draft.local("v128"),
    draft.local("v128"),
  ];
  const [sum, squares, product, above, clear] = [
    draft.local("v128"),
    draft.local("v128"),
    draft.local("v128"),
    draft.local("v128"),
    draft.local("v128"),
  ];
  const parameter = (place: number): Pair => loadTwice(integer(0), places.parameters + slot * place);

  /** What is clear of so many halves, and what it adds to their counts. */
  const told = (halves: 1 | 2): Statement[] => {
    const read = (address: Integer, place: number): Pair =>
      halves === 2 ? loadPair(address, place) : loadTwice(address, place);
    const ratios = read(at.value, places.ratios);
    if (!isCounting) {
      const below = areLess(product.value, multiplyPairs(subtractPairs(ratios, near.value), squares.value));
      const moves = areGreater(product.value, multiplyPairs(negatedPairs(most.value), squares.value));
      return [clear.set(bothMasks(below, moves))];
    }
    const isApart = areGreater(absolutePairs(above.value), multiplyPairs(near.value, squares.value));
    const moves = areLess(absolutePairs(product.value), multiplyPairs(most.value, squares.value));
    const isBelowRatio = areLess(above.value, bothLanes(double(0)));
    const more = bothMasks(bothMasks(clear.value, isBelowRatio), each.value);
    const counts = addPairs(read(at.value, places.counts), more);
    return [
      above.set(subtractPairs(product.value, multiplyPairs(ratios, squares.value))),
      clear.set(bothMasks(isApart, moves)),
      halves === 2
        ? storePair(at.value, places.counts, counts)
        : store(at.value, places.counts, laneOf(counts, 0)),
    ];
  };

  /** Looks at so many halves; a last one alone fills both lanes. */
  const body = (halves: 1 | 2): Statement[] => {
    const read = (place: number): Pair =>
      halves === 2 ? loadPair(lower.value, place) : loadTwice(lower.value, place);
    const lanes = halves === 2 ? ([0, 1] as const) : ([0] as const);
    return [
      sum.set(addPairs(read(places.lowerFirst), first.value)),
      squares.set(addPairs(read(places.lowerSecond), second.value)),
      product.set(multiplyPairs(sum.value, absolutePairs(sum.value))),
      ...told(halves),
      when(
        isZero(areBothLanes(clear.value)),
        lanes.flatMap((lane) => [
          storeInteger(
            shiftedLeft(found.value, integer(2)),
            places.unclear,
            plus(shiftedRight(at.value, integer(3)), integer(lane)),
          ),
          found.set(plus(found.value, isZero(bitsOfLane(clear.value, lane)))),
        ]),
      ),
      at.set(plus(at.value, integer(halves * slot))),
      lower.set(plus(lower.value, integer(halves * slot))),
    ];
  };

  const areTwo = isBelow(plus(at.value, integer(slot)), end.value);
  const loop = inOrder(
    near.set(parameter(0)),
    most.set(parameter(1)),
    each.set(parameter(2)),
    repeatedWhile(
      isBelow(run.value, integer(runBytes)),
      upper.set(loadInteger(run.value, places.uppers)),
      lower.set(loadInteger(run.value, places.lowers)),
      end.set(loadInteger(run.value, places.ends)),
      first.set(loadTwice(upper.value, places.upperFirst)),
      second.set(bothLanes(add(load(upper.value, places.upperSecond), double(almostNothing)))),
      when(areTwo, [repeatedWhile(areTwo, ...body(2))]),
      when(isBelow(at.value, end.value), body(1)),
      run.set(plus(run.value, integer(word))),
    ),
  );
  return draft.module(loop, found.value);
}

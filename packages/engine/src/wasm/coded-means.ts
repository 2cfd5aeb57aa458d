import {
  addPairs,
  bothLanes,
  double,
  inOrder,
  integer,
  isBelow,
  loadInteger,
  loadPair,
  loadTwice,
  multiplyPairs,
  plus,
  repeatedWhile,
  storePair,
  subtractPairs,
} from "./code.js";
import type { Draws, MeansOfDraws } from "../overfitting/drawn-means.js";
import { FunctionDraft } from "./module.js";
import { memoryOf, programOn } from "./web-assembly.js";

const slot = Float64Array.BYTES_PER_ELEMENT;
const word = Int32Array.BYTES_PER_ELEMENT;
const pairBytes = 2 * slot;

/**
 * What `plainMeans` is, as code that goes two trials at a time; null where no code can be made.
 *
 * @param together  how many trials there are at once: an even number
 */
export function codedMeans(
  { from, to, ends, sessions, scale }: Draws,
  together: number,
): MeansOfDraws | null {
  const rowBytes = slot * together;
  const [draws, blocks] = [ends.length, from.length];
  const places = placesOf({ draws, blocks, sums: (sessions + 1) * rowBytes, means: draws * rowBytes });
  try {
    const memory = memoryOf(places.end);
    new Float64Array(memory.buffer, places.scale, 1)[0] = scale;
    const bounds = new Int32Array(memory.buffer, places.bounds, 2 * blocks);
    for (let block = 0; block < blocks; block++) {
      bounds[2 * block] = rowBytes * from[block];
      bounds[2 * block + 1] = rowBytes * to[block];
    }
    new Int32Array(memory.buffer, places.ends, draws).set(ends.map((end) => 2 * word * end));
    const shape = `means of ${draws} draws of ${blocks} blocks of ${sessions} sessions of ${together}`;
    const run = programOn(memory, shape, () => meansLoop(places, draws, together));
    return {
      sums: new Float64Array(memory.buffer, places.sums, (sessions + 1) * together),
      means: new Float64Array(memory.buffer, places.means, draws * together),
      draw: () => void run(0, 0),
    };
  } catch {
    return null;
  }
}

/** Where everything lies, in bytes. */
type Places = Record<"scale" | "sums" | "means" | "bounds" | "ends" | "end", number>;

function placesOf(sizes: Record<"draws" | "blocks" | "sums" | "means", number>): Places {
  const sums = pairBytes;
  const means = sums + sizes.sums;
  const bounds = means + sizes.means;
  const ends = bounds + 2 * word * sizes.blocks;
  return { scale: 0, sums, means, bounds, ends, end: ends + word * sizes.draws };
}

/** Every draw has a block at least. */
function meansLoop(places: Places, draws: number, together: number): Uint8Array {
  const draft = new FunctionDraft();
  const [draw, mean, block, end] = [
    draft.local("i32"),
    draft.local("i32"),
    draft.local("i32"),
    draft.local("i32"),
  ];
  const [from, to] = [draft.local("i32"), draft.local("i32")];
  const pairs = Array.from({ length: together / 2 }, (_, i) => ({
    at: pairBytes * i,
    sum: draft.local("v128"),
  }));
  const scale = loadTwice(integer(0), places.scale);
  const loop = inOrder(
    repeatedWhile(
      isBelow(draw.value, integer(word * draws)),
      end.set(loadInteger(draw.value, places.ends)),
      ...pairs.map(({ sum }) => sum.set(bothLanes(double(0)))),
      repeatedWhile(
        isBelow(block.value, end.value),
        from.set(loadInteger(block.value, places.bounds)),
        to.set(loadInteger(block.value, places.bounds + word)),
        ...pairs.map(({ at, sum }) => {
          const [first, last] = [
            loadPair(from.value, places.sums + at),
            loadPair(to.value, places.sums + at),
          ];
          return sum.set(addPairs(sum.value, subtractPairs(last, first)));
        }),
        block.set(plus(block.value, integer(2 * word))),
      ),
      ...pairs.map(({ at, sum }) =>
        storePair(mean.value, places.means + at, multiplyPairs(sum.value, scale)),
      ),
      mean.set(plus(mean.value, integer(slot * together))),
      draw.set(plus(draw.value, integer(word))),
    ),
  );
  return draft.module(loop, integer(0));
}

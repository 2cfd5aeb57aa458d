import { once, type ColumnId } from "@bitfever/lang";
import {
  and,
  bitsOfLane,
  bothLanes,
  eitherMask,
  inOrder,
  integer,
  isAnyLane,
  isBelow,
  isZero,
  laneBefore,
  laneOf,
  load,
  loadInteger,
  loadPair,
  loadTwice,
  or,
  plus,
  repeatedWhile,
  secondLaneTwice,
  shiftedLeft,
  store,
  storeInteger,
  storePair,
  when,
  type Integer,
  type Local,
  type Pair,
  type Statement,
} from "./code.js";
import { inWords, type LoopOrder } from "./fused-loop.js";
import type { FusedNode } from "./fusion.js";
import { FunctionDraft } from "./module.js";
import { ofNumbers, pairedOperators, type PairedDraft, type PairedOperand } from "./paired-operators.js";
import { compiles } from "./web-assembly.js";

const slot = Float64Array.BYTES_PER_ELEMENT;
const pairBytes = 2 * slot;
const wordBytes = Uint32Array.BYTES_PER_ELEMENT;

/** Where a condition holds, and its bit. */
interface Mask {
  readonly mask: Pair;
  readonly bit: number;
}

const canPair = once(() => {
  const draft = new FunctionDraft();
  const pair = draft.local("v128");
  return compiles(draft.module(pair.set(loadTwice(integer(0), 0)), integer(0)));
});

/** Whether a loop may go two bars at a time: where it only compares and combines columns. */
export const isPaired = (nodes: readonly FusedNode[]): boolean =>
  canPair() && nodes.every((node) => node.kind === "constant" || pairedOperators.has(node.kernel));

/**
 * What `fusedLoop` is for one bar after the other, for two at a time; an odd one at the end stands in both lanes. Only the words of bars
 * with a signal are written: those of the others have to be 0 before.
 */
export const pairedLoop = (order: LoopOrder): Uint8Array => new PairedLoopDraft(order).module();

/** Bars that one turn of a loop goes through. */
type Turn = 1 | 2 | 4;

class PairedLoopDraft {
  private readonly draft = new FunctionDraft();
  /** The place of the first bar in a column, and behind the last, in bytes. */
  private readonly at = this.draft.local("i32");
  private readonly end = this.draft.local("i32");
  /** Its place in columns that are read where they lie, in bytes. */
  private readonly outside = this.draft.local("i32");
  /** Its place in the block. */
  private readonly bar = this.draft.local("i32");
  private readonly count = this.draft.local("i32");
  private readonly before: Statement[] = [];
  private readonly after: Statement[] = [];
  /** Where each column begins that is read where it lies, and what each constant is. */
  private readonly starts = new Map<number, Integer>();
  private readonly constants: readonly Pair[];
  /** What lasts, in the order of its use: both bodies use the same. */
  private readonly lasting: Local<"v128">[] = [];

  constructor(private readonly order: LoopOrder) {
    let parameters = 0;
    this.constants = order.nodes.map((node) => {
      if (node.kind !== "constant") {
        parameters += node.parameters.length;
        return bothLanes(load(integer(0), 0));
      }
      const held = this.draft.local("v128");
      const value = load(integer(0), order.places.parameters + slot * parameters++);
      this.before.push(held.set(bothLanes(value)));
      return held.value;
    });
  }

  module(): Uint8Array {
    const { draft, at, end, outside, count, order } = this;
    const areFour = isBelow(plus(at.value, integer(3 * slot)), end.value);
    const areTwo = isBelow(plus(at.value, integer(slot)), end.value);
    const [fourBars, twoBars, oneBar] = [this.turn(4), this.turn(2), this.turn(1)];
    const inBytes = (position: Integer): Integer => shiftedLeft(position, integer(3));
    return draft.module(
      inOrder(
        ...this.before,
        at.set(inBytes(draft.from.value)),
        end.set(inBytes(draft.to.value)),
        outside.set(loadInteger(integer(0), order.places.pointers)),
        when(areFour, [repeatedWhile(areFour, ...fourBars)]),
        when(areTwo, twoBars),
        when(isBelow(at.value, end.value), oneBar),
        ...this.after,
      ),
      count.value,
      order.isShared,
    );
  }

  /** Goes through so many bars and on to the next; whether any of them says something is asked once. */
  private turn(bars: Turn): Statement[] {
    const { at, outside, bar } = this;
    const firsts = bars === 4 ? [0, 2] : [0];
    const pairs = firsts.map((first) => ({ first, ...this.pair(first, bars === 1) }));
    const lanes = bars === 1 ? ([0] as const) : ([0, 1] as const);
    return [
      ...pairs.flatMap(({ steps }) => steps),
      ...(this.order.signals.length === 0 ? [] : [this.asked(pairs, lanes)]),
      at.set(plus(at.value, integer(bars * slot))),
      outside.set(plus(outside.value, integer(bars * slot))),
      bar.set(plus(bar.value, integer(bars))),
    ];
  }

  /** Tells the signals of all these bars where any of them has one. */
  private asked(
    pairs: readonly { readonly first: number; readonly masks: readonly Mask[] }[],
    lanes: readonly (0 | 1)[],
  ): Statement {
    const all = pairs.flatMap(({ masks }) => masks.map(({ mask }) => mask));
    const told = pairs.flatMap(({ first, masks }) =>
      lanes.flatMap((lane) => this.told(first + lane, lane, masks)),
    );
    return when(isAnyLane(all.reduce((a, b) => eitherMask(a, b))), told);
  }

  /** What is computed of a pair of bars, or of one in both lanes, so many behind the bar that the loop has come to. */
  private pair(
    first: number,
    isOne: boolean,
  ): { readonly steps: Statement[]; readonly masks: readonly Mask[] } {
    const { nodes, kept, signals } = this.order;
    const steps: Statement[] = [];
    const operands = new Map<ColumnId, PairedOperand>();
    const operandOf = (column: ColumnId): PairedOperand => {
      const known = operands.get(column);
      if (known !== undefined) return known;
      const value = this.draft.local("v128");
      steps.push(value.set(this.loaded(column, first, isOne)));
      const operand = ofNumbers(value.value);
      operands.set(column, operand);
      return operand;
    };
    let used = 0;
    const draft: PairedDraft = {
      lasting: () => (this.lasting[used] ?? this.addLasting(), this.lasting[used++]),
      // One bar stands in both lanes, and so does what was before it.
      before: isOne ? secondLaneTwice : laneBefore,
      local: () => this.draft.local("v128"),
    };
    for (const [i, node] of nodes.entries()) {
      const [column] = node.columns;
      let operand = ofNumbers(this.constants[i]);
      if (node.kind === "kernel") {
        const write = pairedOperators.get(node.kernel);
        if (write === undefined) throw new Error(`wasm: no code of \`${node.kernel}\` for two bars`);
        const code = write(node.inputs.map(operandOf), draft);
        steps.push(...code.step);
        operand = code.output;
      }
      operands.set(column, this.held(operand, steps));
      if (kept.has(column)) steps.push(this.stored(column, operandOf(column).numbers, first, isOne));
    }
    const masks = signals.map(({ column, bit }) => ({ mask: operandOf(column).areTrue, bit }));
    return { steps, masks };
  }

  /** Tells the signals of a bar, if there are any: its word and its place. */
  private told(ahead: number, lane: 0 | 1, masks: readonly Mask[]): Statement[] {
    const { bar, count, order } = this;
    const word = this.draft.local("i32");
    const bits = masks.map(({ mask, bit }) => and(bitsOfLane(mask, lane), integer(1 << bit)));
    return [
      word.set(bits.reduce((a, b) => or(a, b))),
      storeInteger(inWords(bar.value), order.places.words + wordBytes * ahead, word.value),
      storeInteger(inWords(count.value), order.places.bars, plus(bar.value, integer(ahead))),
      count.set(plus(count.value, isZero(isZero(word.value)))),
    ];
  }

  private stored(column: ColumnId, numbers: Pair, first: number, isOne: boolean): Statement {
    const place = this.order.places.column(column) + first * slot;
    return isOne ? store(this.at.value, place, laneOf(numbers, 0)) : storePair(this.at.value, place, numbers);
  }

  /** The values of the bars, in the window or where the column lies. */
  private loaded(column: ColumnId, first: number, isOne: boolean): Pair {
    const { places } = this.order;
    const read = isOne ? loadTwice : loadPair;
    const place = places.outside(column);
    return place < 0
      ? read(this.at.value, places.column(column) + first * slot)
      : read(plus(this.startOf(place), this.outside.value), first * slot);
  }

  private startOf(place: number): Integer {
    const known = this.starts.get(place);
    if (known !== undefined) return known;
    const start = this.draft.local("i32");
    this.before.push(
      start.set(loadInteger(integer(0), this.order.places.pointers + wordBytes * (place + 1))),
    );
    this.starts.set(place, start.value);
    return start.value;
  }

  /** The same, worked out once. */
  private held(operand: PairedOperand, steps: Statement[]): PairedOperand {
    const hold = (value: Pair): Pair => {
      const local = this.draft.local("v128");
      steps.push(local.set(value));
      return local.value;
    };
    return {
      numbers: hold(operand.numbers),
      areTrue: hold(operand.areTrue),
      areFalse: hold(operand.areFalse),
    };
  }

  private addLasting(): void {
    const from = this.order.places.states + pairBytes * this.lasting.length;
    const local = this.draft.local("v128");
    this.before.push(local.set(loadPair(integer(0), from)));
    this.after.push(storePair(integer(0), from, local.value));
    this.lasting.push(local);
  }
}

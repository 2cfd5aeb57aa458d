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
import type { LoopOrder } from "./fused-loop.js";
import type { FusedNode } from "./fusion.js";
import { FunctionDraft } from "./module.js";
import { ofNumbers, pairedOperators, type PairedDraft, type PairedOperand } from "./paired-operators.js";
import { compiles } from "./web-assembly.js";

const slot = Float64Array.BYTES_PER_ELEMENT;
const pairBytes = 2 * slot;
const pointerBytes = Uint32Array.BYTES_PER_ELEMENT;

const canPair = once(() => {
  const draft = new FunctionDraft();
  const pair = draft.local("v128");
  return compiles(draft.module(pair.set(loadTwice(integer(0), 0)), integer(0)));
});

/** Whether a loop may go two bars at a time: where it only compares and combines columns. */
export const isPaired = (nodes: readonly FusedNode[]): boolean =>
  canPair() && nodes.every((node) => node.kind === "constant" || pairedOperators.has(node.kernel));

/** What `fusedLoop` is for one bar after the other, for two at a time; an odd one at the end stands in both lanes. */
export const pairedLoop = (order: LoopOrder): Uint8Array => new PairedLoopDraft(order).module();

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
    const { draft, at, end, outside, bar, count, order } = this;
    const twoBars = this.body(2);
    const oneBar = this.body(1);
    const areTwo = isBelow(plus(at.value, integer(slot)), end.value);
    const inBytes = (position: Integer): Integer => shiftedLeft(position, integer(3));
    return draft.module(
      inOrder(
        ...this.before,
        at.set(inBytes(draft.from.value)),
        end.set(inBytes(draft.to.value)),
        outside.set(loadInteger(integer(0), order.places.pointers)),
        when(areTwo, [
          repeatedWhile(
            areTwo,
            ...twoBars,
            at.set(plus(at.value, integer(pairBytes))),
            outside.set(plus(outside.value, integer(pairBytes))),
            bar.set(plus(bar.value, integer(2))),
          ),
        ]),
        when(isBelow(at.value, end.value), oneBar),
        ...this.after,
      ),
      count.value,
      order.isShared,
    );
  }

  /** What is done for so many bars. */
  private body(bars: 1 | 2): Statement[] {
    const { nodes, kept, signals } = this.order;
    const steps: Statement[] = [];
    const operands = new Map<ColumnId, PairedOperand>();
    const operandOf = (column: ColumnId): PairedOperand => {
      const known = operands.get(column);
      if (known !== undefined) return known;
      const value = this.draft.local("v128");
      steps.push(value.set(this.loaded(column, bars)));
      const operand = ofNumbers(value.value);
      operands.set(column, operand);
      return operand;
    };
    let used = 0;
    const draft: PairedDraft = {
      lasting: () => (this.lasting[used] ?? this.addLasting(), this.lasting[used++]),
      // One bar stands in both lanes, and so does what was before it.
      before: bars === 2 ? laneBefore : secondLaneTwice,
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
      if (kept.has(column)) steps.push(this.stored(column, operandOf(column).numbers, bars));
    }
    const masks = signals.map(({ column, bit }) => ({ mask: operandOf(column).areTrue, bit }));
    const lanes = bars === 1 ? ([0] as const) : ([0, 1] as const);
    const none = lanes.map((lane) => this.storedWord(lane, integer(0)));
    if (masks.length === 0) return steps;
    const any = masks.map(({ mask }) => mask).reduce((a, b) => eitherMask(a, b));
    return [
      ...steps,
      when(
        isAnyLane(any),
        lanes.flatMap((lane) => this.told(lane, masks)),
        none,
      ),
    ];
  }

  /** Tells the signals of a bar: its word, and its place where it has one. */
  private told(lane: 0 | 1, masks: readonly { readonly mask: Pair; readonly bit: number }[]): Statement[] {
    const { bar, count, order } = this;
    const word = this.draft.local("i32");
    const bits = masks.map(({ mask, bit }) => and(bitsOfLane(mask, lane), integer(1 << bit)));
    return [
      word.set(bits.reduce((a, b) => or(a, b))),
      this.storedWord(lane, word.value),
      storeInteger(shiftedLeft(count.value, integer(2)), order.places.bars, plus(bar.value, integer(lane))),
      count.set(plus(count.value, isZero(isZero(word.value)))),
    ];
  }

  private storedWord(lane: 0 | 1, word: Integer): Statement {
    const { bar, order } = this;
    return storeInteger(shiftedLeft(bar.value, integer(2)), order.places.words + pointerBytes * lane, word);
  }

  private stored(column: ColumnId, numbers: Pair, bars: 1 | 2): Statement {
    const place = this.order.places.column(column);
    return bars === 2
      ? storePair(this.at.value, place, numbers)
      : store(this.at.value, place, laneOf(numbers, 0));
  }

  /** The values of the bars, in the window or where the column lies. */
  private loaded(column: ColumnId, bars: 1 | 2): Pair {
    const { places } = this.order;
    const read = bars === 2 ? loadPair : loadTwice;
    const place = places.outside(column);
    return place < 0
      ? read(this.at.value, places.column(column))
      : read(plus(this.startOf(place), this.outside.value), 0);
  }

  private startOf(place: number): Integer {
    const known = this.starts.get(place);
    if (known !== undefined) return known;
    const start = this.draft.local("i32");
    this.before.push(
      start.set(loadInteger(integer(0), this.order.places.pointers + pointerBytes * (place + 1))),
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

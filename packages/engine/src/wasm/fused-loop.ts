import type { ColumnId } from "@bitfever/lang";
import {
  inOrder,
  integer,
  isBelow,
  isZero,
  load,
  loadInteger,
  minus,
  or,
  plus,
  repeatedWhile,
  shiftedLeft,
  store,
  storeInteger,
  type Code,
  type Integer,
  type Local,
  type Statement,
  type ValueType,
} from "./code.js";
import type { KernelDraft } from "./fused-kernel.js";
import { fusedKernelOf, type FusedNode, type Signal } from "./fusion.js";
import { FunctionDraft } from "./module.js";
import { ofCondition, ofNumber, type Operand } from "./operand.js";

/** Where everything lies in the memory of a loop, in bytes from its start. */
export interface Places {
  readonly column: (column: ColumnId) => number;
  /** Of those that are read where they lie, which is written down: the place of a column among them; negative for others. */
  readonly outside: (column: ColumnId) => number;
  /** Where the bars of a block begin in them, in bytes, and where they begin, one after the other. */
  readonly pointers: number;
  /** Parameters and constants of the nodes, one after the other. */
  readonly parameters: number;
  /** What lasts from one bar to the next. */
  readonly states: number;
  /** Of the signals of a block. */
  readonly words: number;
  readonly bars: number;
}

export interface LoopOrder {
  readonly nodes: readonly FusedNode[];
  /** Columns of them that somebody reads. */
  readonly kept: ReadonlySet<ColumnId>;
  readonly signals: readonly Signal[];
  readonly places: Places;
  /** Whether threads share the memory. */
  readonly isShared: boolean;
}

/** A place among words, in bytes. */
export const inWords = (place: Integer): Integer => shiftedLeft(place, integer(2));
const isOtherThanZero = (value: Integer): Integer => isZero(isZero(value));

/** What a loop keeps of a node from bar to bar is no more than this. */
export const mostStates = 4;
const slot = Float64Array.BYTES_PER_ELEMENT;
const pointerBytes = Uint32Array.BYTES_PER_ELEMENT;

/** The numbers that a loop is told instead of being written with, so that one is written for all of their values. */
export const parametersOf = (nodes: readonly FusedNode[]): number[] =>
  nodes.flatMap((node) => (node.kind === "constant" ? [node.value] : node.parameters));

/** Nodes as one loop over bars: what they hand to one another stays in registers. */
export function fusedLoop(order: LoopOrder): Uint8Array {
  const loop = new LoopDraft(order);
  for (const node of order.nodes) loop.add(node);
  return loop.module();
}

class LoopDraft {
  private readonly draft = new FunctionDraft();
  /** The place of the bar in a column, and behind the last, in bytes. */
  private readonly at = this.draft.local("i32");
  private readonly end = this.draft.local("i32");
  /** Its place in the block. */
  private readonly bar = this.draft.local("i32");
  /** Its place in columns that are read where they lie, in bytes. */
  private readonly outside = this.draft.local("i32");
  /** Before the first bar, for each, and after the last. */
  private readonly before: Statement[] = [];
  private readonly reads: Statement[] = [];
  private readonly steps: Statement[] = [];
  private readonly after: Statement[] = [];
  private readonly operands = new Map<ColumnId, Operand>();
  private parameters = 0;
  private states = 0;

  constructor(private readonly order: LoopOrder) {}

  add(node: FusedNode): void {
    if (node.kind === "constant") {
      this.define(node.columns[0], ofNumber(this.parameter()));
      return;
    }
    const kernel = fusedKernelOf(node);
    if (kernel === null) throw new Error(`wasm: no code of \`${node.kernel}\``);
    const parameters = node.parameters.map(() => this.parameter());
    const operands = node.inputs.map((each) => this.operand(each));
    const { at, draft } = this;
    const kept: KernelDraft = {
      operands,
      input: (place) => operands[place].number,
      past: (place, bytes) => load(minus(at.value, bytes), this.order.places.column(node.inputs[place])),
      parameter: (place) => parameters[place],
      number: () => this.lasting("f64", (from) => load(integer(0), from), store),
      count: () => this.lasting("i32", (from) => loadInteger(integer(0), from), storeInteger),
      local: (type) => draft.local(type),
      constant: (value) => this.constant(value),
    };
    const { step, outputs } = kernel.write(kept);
    this.steps.push(...step);
    outputs.forEach((output, i) => {
      this.define(node.columns[i], this.held(output));
    });
  }

  module(): Uint8Array {
    const { draft, at, end, bar, outside, order } = this;
    const bits = order.signals.map(({ column, bit }) =>
      shiftedLeft(this.operand(column).isTrue, integer(bit)),
    );
    const [word, count] = [draft.local("i32"), draft.local("i32")];
    // The place of a bar is written whether there is a signal or not: nobody can guess, and a wrong guess costs more.
    const signals =
      bits.length === 0
        ? []
        : [
            word.set(bits.reduce((a, b) => or(a, b))),
            storeInteger(inWords(bar.value), order.places.words, word.value),
            storeInteger(inWords(count.value), order.places.bars, bar.value),
            count.set(plus(count.value, isOtherThanZero(word.value))),
          ];
    const inBytes = (position: Integer): Integer => shiftedLeft(position, integer(3));
    return draft.module(
      inOrder(
        ...this.before,
        at.set(inBytes(draft.from.value)),
        end.set(inBytes(draft.to.value)),
        outside.set(loadInteger(integer(0), order.places.pointers)),
        repeatedWhile(
          isBelow(at.value, end.value),
          ...this.reads,
          ...this.steps,
          ...signals,
          at.set(plus(at.value, integer(slot))),
          outside.set(plus(outside.value, integer(slot))),
          bar.set(plus(bar.value, integer(1))),
        ),
        ...this.after,
      ),
      count.value,
      order.isShared,
    );
  }

  /** What a column holds on the bar: of another node, or as it stands in memory. */
  private operand(column: ColumnId): Operand {
    const known = this.operands.get(column);
    if (known !== undefined) return known;
    const value = this.draft.local("f64");
    this.reads.push(value.set(this.loaded(column)));
    const operand = ofNumber(value.value);
    this.operands.set(column, operand);
    return operand;
  }

  /** The value of the bar, in the window or where the column lies. */
  private loaded(column: ColumnId): Code<"f64"> {
    const { places } = this.order;
    const place = places.outside(column);
    if (place < 0) return load(this.at.value, places.column(column));
    const start = this.constant(loadInteger(integer(0), places.pointers + pointerBytes * (place + 1)));
    return load(plus(start, this.outside.value), 0);
  }

  private define(column: ColumnId, operand: Operand): void {
    this.operands.set(column, operand);
    const { kept, places } = this.order;
    if (kept.has(column)) this.steps.push(store(this.at.value, places.column(column), operand.number));
  }

  /** The same, worked out once. */
  private held(operand: Operand): Operand {
    const hold = <Type extends ValueType>(value: Code<Type>): Code<Type> => {
      const local = this.draft.local(value.type);
      this.steps.push(local.set(value));
      return local.value;
    };
    if (operand.is === "number") return ofNumber(hold(operand.number));
    return ofCondition(hold(operand.isTrue), hold(operand.isFalse));
  }

  private parameter(): Code<"f64"> {
    return this.constant(load(integer(0), this.order.places.parameters + slot * this.parameters++));
  }

  private constant<Type extends ValueType>(value: Code<Type>): Code<Type> {
    const local = this.draft.local(value.type);
    this.before.push(local.set(value));
    return local.value;
  }

  private lasting<Type extends ValueType>(
    type: Type,
    read: (from: number) => Code<Type>,
    write: (address: Integer, offset: number, value: Code<Type>) => Statement,
  ): Local<Type> {
    const from = this.order.places.states + slot * this.states++;
    const local = this.draft.local(type);
    this.before.push(local.set(read(from)));
    this.after.push(write(integer(0), from, local.value));
    return local;
  }
}

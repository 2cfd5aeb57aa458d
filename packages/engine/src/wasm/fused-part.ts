import type { ColumnId, Plan, PlanNode } from "@bitfever/lang";
import { inputsOf } from "../pruned-plan.js";
import { grain, type Room } from "../room.js";
import { forget, type Signals } from "../signals.js";
import { isPaired, pairedLoop } from "./paired-loop.js";
import { fusedLoop, mostStates, parametersOf, type LoopOrder } from "./fused-loop.js";
import type { FusedMemory } from "./fused-memory.js";
import { fusedKernelOf, type Fusion, type Signal } from "./fusion.js";

export interface FusedPartOptions {
  readonly plan: Plan;
  readonly fusion: Fusion;
  readonly room: Room;
  /** Values that a column of the window holds. */
  readonly capacity: number;
  readonly longestBlock: number;
  /** Columns that are there already. */
  readonly given: ReadonlyMap<ColumnId, Float64Array> | undefined;
  /** Columns that are read from outside. */
  readonly reads: readonly ColumnId[];
}

/** The part of an evaluation that one loop computes, and the memory that it shares with the rest. */
export class FusedPart {
  /** Of the newest block. */
  readonly signals: Signals;
  private readonly memory: FusedMemory;
  private readonly parameters: Float64Array;
  private readonly states: Float64Array;
  /** Values between the starts of two columns: the same for plans that look back a little more or less. */
  private readonly stride: number;
  /** Columns of the window that somebody reads. */
  private readonly kept: ReadonlySet<ColumnId>;
  /** Columns of the loop. */
  private readonly made: ReadonlySet<ColumnId>;
  /** Those given that the loop alone reads, where they lie. */
  private readonly outside: ReadonlyMap<ColumnId, Float64Array>;
  /** The place of a block in these, and theirs in the memory. */
  private readonly pointers: Uint32Array;

  constructor(private readonly options: FusedPartOptions) {
    const { plan, fusion, room, capacity, longestBlock, given = new Map<ColumnId, Float64Array>() } = options;
    const parameters = parametersOf([...fusion.fused]);
    const states = mostStates * fusion.fused.size;
    const columns = plan.nodes.flatMap(({ clock, columns: all }) => (clock === 0 ? all : [])).length;
    this.stride = Math.ceil(capacity / grain) * grain;
    // Two words take the place of a double, and columns begin where one can.
    const words = 2 * Math.ceil(longestBlock / 2);
    // A pointer for each column, and one for all.
    const pointers = 2 * Math.ceil((columns + 1) / 2);
    this.memory = room.memory(
      8 * (words + pointers / 2 + parameters.length + states + columns * this.stride),
    );
    this.signals = {
      words: this.memory.words(longestBlock),
      bars: this.memory.words(longestBlock),
      count: 0,
    };
    this.parameters = this.memory.doubles(parameters.length);
    this.states = this.memory.doubles(states);
    this.parameters.set(parameters);
    this.states.fill(0);
    this.kept = this.readHere();
    this.made = new Set([...fusion.fused].flatMap((node) => node.columns));
    this.outside = new Map(
      plan.nodes.flatMap((node) => this.standing(node.columns.map((each) => [each, given.get(each)]))),
    );
    this.pointers = this.memory.words(pointers);
    [...this.outside.values()].forEach(({ byteOffset }, i) => (this.pointers[i + 1] = byteOffset));
  }

  /** Kernels that the loop computes. */
  get kernels(): number {
    return [...this.options.fusion.fused].filter(({ kind }) => kind === "kernel").length;
  }

  /** Whether nothing is left to do for a node but to run the loop. */
  handles(node: PlanNode): boolean {
    return this.computes(node) || node.columns.every((each) => this.outside.has(each));
  }

  /** Whether a column of the strategy's clock has to stand in the window. */
  keeps(column: ColumnId): boolean {
    return this.kept.has(column) || !(this.made.has(column) || this.outside.has(column));
  }

  private computes(node: PlanNode): boolean {
    return (this.options.fusion.fused as ReadonlySet<PlanNode>).has(node);
  }

  /** Whether a column is computed once the loop is through. */
  isLate(column: ColumnId): boolean {
    return this.options.fusion.late.has(column);
  }

  /** A column of the window. */
  doubles(): Float64Array {
    return this.memory.doubles(this.stride);
  }

  /** The columns of a node where all of them are given, and the loop alone reads them and can do so where they lie; else none. */
  private standing(
    columns: readonly (readonly [ColumnId, Float64Array | undefined])[],
  ): readonly (readonly [ColumnId, Float64Array])[] {
    const found = columns.flatMap(([column, values]) =>
      values !== undefined && !this.kept.has(column) && this.memory.reaches(values)
        ? [[column, values] as const]
        : [],
    );
    return found.length === columns.length ? found : [];
  }

  /** Columns that are read in the window: from outside, by loops of their own, and back from a bar. */
  private readHere(): ReadonlySet<ColumnId> {
    const { plan, reads, given } = this.options;
    const kept = new Set(reads);
    for (const node of plan.nodes) {
      if (given !== undefined && node.columns.every((each) => given.has(each))) continue;
      const kernel = this.computes(node) ? fusedKernelOf(node) : null;
      if (kernel !== null) for (const place of kernel.looksBackOn) kept.add(inputsOf(node)[place]);
      else for (const each of inputsOf(node)) kept.add(each);
    }
    return kept;
  }

  /**
   * The loop as a step over positions, once the columns are there.
   *
   * @param signals  conditions that it tells of
   * @param bars     how many bars there are up to the end of a block
   */
  step(
    columns: readonly Float64Array[],
    signals: readonly Signal[],
    bars: () => number,
  ): (from: number, to: number) => void {
    const { fusion } = this.options;
    const { kept, memory, pointers } = this;
    const outside = [...this.outside.keys()];
    const order: LoopOrder = {
      nodes: [...fusion.fused],
      kept,
      signals,
      isShared: memory.isShared,
      places: {
        column: (column) => columns[column].byteOffset,
        outside: (column) => outside.indexOf(column),
        pointers: pointers.byteOffset,
        parameters: this.parameters.byteOffset,
        states: this.states.byteOffset,
        words: this.signals.words.byteOffset,
        bars: this.signals.bars.byteOffset,
      },
    };
    const write = isPaired(order.nodes) ? pairedLoop : fusedLoop;
    const program = memory.program(shapeOf(order), () => write(order));
    this.signals.words.fill(0);
    return (from, to) => {
      pointers[0] = (bars() - (to - from)) * Float64Array.BYTES_PER_ELEMENT;
      forget(this.signals);
      this.signals.count = program(from, to);
    };
  }
}

/** All that the code of a loop depends on. */
function shapeOf({ nodes, kept, signals, places, isShared }: LoopOrder): string {
  const placeOf = (column: ColumnId): string => {
    const outside = places.outside(column);
    return outside < 0 ? `${column}@${places.column(column)}` : `${column}#${outside}`;
  };
  const parts = nodes.map((node) => {
    const inputs = inputsOf(node).map(placeOf);
    const outputs = node.columns.map((each) => `${each}@${kept.has(each) ? places.column(each) : ""}`);
    const name = node.kind === "constant" ? "constant" : `${node.kernel}/${node.parameters.length}`;
    return `${name}(${inputs.join()})=${outputs.join()}`;
  });
  const bits = signals.map(({ column, bit }) => `${placeOf(column)}:${bit}`);
  const { parameters, states, words, bars, pointers } = places;
  return [...parts, ...bits, parameters, states, words, bars, pointers, isShared].join(";");
}

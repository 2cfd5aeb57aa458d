import type { ColumnId, Plan, PlanNode } from "@bitfever/lang";
import { inputsOf } from "../pruned-plan.js";
import { grain, type Room } from "../room.js";
import type { Signals } from "../signals.js";
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

  constructor(private readonly options: FusedPartOptions) {
    const { plan, fusion, room, capacity, longestBlock } = options;
    const parameters = parametersOf([...fusion.fused]);
    const states = mostStates * fusion.fused.size;
    const columns = plan.nodes.flatMap(({ clock, columns: all }) => (clock === 0 ? all : [])).length;
    this.stride = Math.ceil(capacity / grain) * grain;
    // Two words take the place of a double, and columns begin where one can.
    const words = 2 * Math.ceil(longestBlock / 2);
    this.memory = room.memory(8 * (words + parameters.length + states + columns * this.stride));
    this.signals = {
      words: this.memory.words(longestBlock),
      bars: this.memory.words(longestBlock),
      count: 0,
    };
    this.parameters = this.memory.doubles(parameters.length);
    this.states = this.memory.doubles(states);
    this.parameters.set(parameters);
    this.states.fill(0);
  }

  /** Kernels that the loop computes. */
  get kernels(): number {
    return [...this.options.fusion.fused].filter(({ kind }) => kind === "kernel").length;
  }

  computes(node: PlanNode): boolean {
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

  /**
   * The loop as a step over positions, once the columns are there.
   *
   * @param reads    columns that are read from outside
   * @param signals  conditions that it tells of
   */
  step(
    columns: readonly Float64Array[],
    reads: readonly ColumnId[],
    signals: readonly Signal[],
  ): (from: number, to: number) => void {
    const { plan, fusion } = this.options;
    const kept = new Set(reads);
    for (const node of plan.nodes) {
      const kernel = this.computes(node) ? fusedKernelOf(node) : null;
      if (kernel !== null) for (const place of kernel.looksBackOn) kept.add(inputsOf(node)[place]);
      else for (const each of inputsOf(node)) kept.add(each);
    }
    const order: LoopOrder = {
      ...{ nodes: [...fusion.fused], kept, signals },
      places: {
        column: (column) => columns[column].byteOffset,
        parameters: this.parameters.byteOffset,
        states: this.states.byteOffset,
        words: this.signals.words.byteOffset,
        bars: this.signals.bars.byteOffset,
      },
    };
    const program = this.memory.program(shapeOf(order), () => fusedLoop(order));
    return (from, to) => {
      this.signals.count = program(from, to);
    };
  }
}

/** All that the code of a loop depends on. */
function shapeOf({ nodes, kept, signals, places }: LoopOrder): string {
  const parts = nodes.map((node) => {
    const inputs = inputsOf(node).map((each) => `${each}@${places.column(each)}`);
    const outputs = node.columns.map((each) => `${each}@${kept.has(each) ? places.column(each) : ""}`);
    const name = node.kind === "constant" ? "constant" : `${node.kernel}/${node.parameters.length}`;
    return `${name}(${inputs.join()})=${outputs.join()}`;
  });
  const bits = signals.map(({ column, bit }) => `${column}@${places.column(column)}:${bit}`);
  return [...parts, ...bits, places.parameters, places.states, places.words, places.bars].join(";");
}

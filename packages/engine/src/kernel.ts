/**
 * What a kernel keeps from one block to the next. Numbers, arrays of numbers, and states of other kernels in it: a
 * structured clone is a snapshot.
 */
export interface KernelState {
  [name: string]: number | Float64Array | KernelState;
}

/**
 * Advances one node of a plan over the bars at `[from, to)` of its columns.
 *
 * Earlier bars may be read from the inputs, back to the look-back that the kernel declares; before the first bar of
 * history they are NaN, which is how a column says "no value". How the bars are cut into blocks must not change a bit
 * of the outputs.
 */
export interface Kernel<State extends KernelState = KernelState> {
  // Methods, so that a kernel of a particular state is a kernel: it is only ever handed what its `start` made.
  start(parameters: readonly number[]): State;
  advance(
    state: State,
    parameters: readonly number[],
    inputs: readonly Float64Array[],
    outputs: readonly Float64Array[],
    from: number,
    to: number,
  ): void;
}

import type { DeskCommand } from "../desk/command.js";
import type { DeskInput } from "../desk/input.js";

/** What is kept of a desk: each thing that it heard, and after it what it asked for, if it asked for anything. */
export type DeskRecord = { readonly in: DeskInput } | { readonly out: readonly DeskCommand[] };

/** Where a desk decided otherwise than it did when it was kept. */
export interface ReplayDifference {
  /** The input, counted from 1. */
  readonly input: number;
  readonly heard: DeskInput;
  readonly kept: readonly DeskCommand[];
  readonly decided: readonly DeskCommand[];
}

export interface Replayed {
  readonly inputs: number;
  readonly difference: ReplayDifference | null;
  /** What was decided last and is not kept: a process that ended before it could be sent. */
  readonly unkept: readonly DeskCommand[];
}

/** Tells a desk again what it heard, and compares what it asks for with what it asked for then; stops at a difference. */
export function replay(
  desk: { on(input: DeskInput): readonly DeskCommand[] },
  records: Iterable<DeskRecord>,
): Replayed {
  let inputs = 0;
  let heard: DeskInput | null = null;
  let decided: readonly DeskCommand[] = [];
  const differs = (kept: readonly DeskCommand[]): ReplayDifference | null =>
    heard === null || textOf(kept) === textOf(decided) ? null : { input: inputs, heard, kept, decided };
  for (const record of records) {
    if ("out" in record) {
      const difference = differs(record.out);
      if (difference !== null) return { inputs, difference, unkept: [] };
      decided = [];
      continue;
    }
    const difference = differs([]);
    if (difference !== null) return { inputs, difference, unkept: [] };
    inputs++;
    heard = record.in;
    decided = desk.on(heard);
  }
  return { inputs, difference: null, unkept: decided };
}

const textOf = (commands: readonly DeskCommand[]): string => JSON.stringify(commands);

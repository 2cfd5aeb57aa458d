import type { DeskCommand } from "../desk/command.js";
import type { DeskInput } from "../desk/input.js";
import { textOf } from "../journal/values.js";
import type { Decides, DeskRecord } from "./runner.js";

/** Where a desk decided otherwise than it did when it was kept. */
export interface ReplayDifference {
  /** The turn, counted from 1. */
  readonly turn: number;
  readonly heard: readonly DeskInput[];
  readonly kept: readonly DeskCommand[];
  readonly decided: readonly DeskCommand[];
}

export interface Replayed {
  readonly turns: number;
  /** The first; nothing after it is told. */
  readonly difference: ReplayDifference | null;
  /** What was decided last and is not kept: the process ended before it could be sent. */
  readonly unkept: readonly DeskCommand[];
}

/** Who is shown each turn that is told again: what was heard before the desk hears it, and what it asked for. */
export interface Onlooker {
  heard?(inputs: readonly DeskInput[]): void;
  asked?(commands: readonly DeskCommand[]): void;
}

/** Tells a desk again what it heard, and compares what it asks for with what it asked for then. */
export function replay(desk: Decides, records: Iterable<DeskRecord>, onlooker: Onlooker = {}): Replayed {
  let turns = 0;
  let heard: readonly DeskInput[] = [];
  let decided: readonly DeskCommand[] = [];
  const differs = (kept: readonly DeskCommand[]): Replayed | null =>
    kept.length === decided.length && textOf(kept) === textOf(decided)
      ? null
      : { turns, difference: { turn: turns, heard, kept, decided }, unkept: [] };
  for (const record of records) {
    const difference = differs("out" in record ? record.out : []);
    if (difference !== null) return difference;
    if ("out" in record) {
      onlooker.asked?.(decided);
      decided = [];
      continue;
    }
    turns++;
    heard = record.in;
    onlooker.heard?.(heard);
    decided = heard.flatMap((input) => desk.on(input));
  }
  return { turns, difference: null, unkept: decided };
}

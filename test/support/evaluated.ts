import type { Plan } from "@bitfever/lang";
import { Evaluation, fieldsOf, type Bars, type Surroundings } from "@bitfever/engine";

export interface Cut {
  /** The lengths of the blocks, in turn and again from the first. */
  readonly blocks: readonly number[];
  /** Before this bar a new evaluation goes on from a snapshot of the old. */
  readonly stop?: number;
}

/** The columns that a plan shows, evaluated block by block. */
export function evaluated(
  plan: Plan,
  bars: Bars,
  surroundings: Surroundings,
  { blocks, stop }: Cut,
): ReadonlyMap<string, Float64Array> {
  const fields = fieldsOf(bars, surroundings.timing);
  const longest = Math.max(...blocks);
  let evaluation = new Evaluation(plan, longest, surroundings);
  const columns = plan.outputs.map(({ name }) => [name, new Float64Array(bars.length)] as const);
  for (let from = 0, turn = 0; from < bars.length; turn++) {
    if (from === stop) {
      const kept = structuredClone(evaluation.snapshot());
      evaluation = new Evaluation(plan, longest, surroundings);
      evaluation.restore(kept);
    }
    const end = Math.min(bars.length, from + blocks[turn % blocks.length]);
    const to = stop !== undefined && from < stop ? Math.min(end, stop) : end;
    evaluation.append(fields, from, to);
    for (const [i, [, column]] of columns.entries())
      evaluation.copyNewest(plan.outputs[i].column, column.subarray(from, to));
    from = to;
  }
  return new Map(columns);
}

/** Where two sets of columns differ, bit for bit but for the many ways to write NaN; null where they do not. */
export function difference(
  one: ReadonlyMap<string, Float64Array>,
  other: ReadonlyMap<string, Float64Array>,
): string | null {
  const names = [...new Set([...one.keys(), ...other.keys()])];
  for (const name of names) {
    const [a, b] = [one.get(name), other.get(name)];
    if (a === undefined || b === undefined) return `only one side has \`${name}\``;
    for (let i = 0; i < Math.max(a.length, b.length); i++)
      if (!Object.is(a[i], b[i])) return `\`${name}\` on bar ${i}: ${shown(a[i])} and ${shown(b[i])}`;
  }
  return null;
}

const shown = (value: number | undefined): string => (Object.is(value, -0) ? "-0" : String(value));

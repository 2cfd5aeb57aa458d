import type { Indicator } from "../indicator.js";
import { randomOf } from "../random.js";
import type { Columns } from "./run-alone.js";

/** What laws are tried on: columns, and where to cut them. */
export interface Trial {
  readonly parameters: readonly number[];
  readonly inputs: Columns;
  /** Lengths of blocks; the last is repeated. */
  readonly cuts: readonly number[];
  /** Some bar of the columns. */
  readonly at: number;
}

export interface Port {
  readonly name: string;
  readonly type: Indicator["inputs"][number]["type"];
}

/** What is given to a kernel, in its order: the inputs, then the fields of the bar. */
export const portsOf = ({ inputs, fields }: Pick<Indicator, "inputs" | "fields">): readonly Port[] => [
  ...inputs,
  ...fields.map((name): Port => ({ name, type: name === "volume" ? "quantity" : "price" })),
];

const longest = 120;

/** Trials of all lengths, the short ones first. The same seed makes the same ones. */
export function* trialsOf(
  indicator: Indicator,
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Generator<Trial, void> {
  const random = randomOf(seed);
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  for (let run = 1; run <= runs; run++) {
    const length = Math.ceil((longest * run) / runs);
    const parameters = indicator.parameters.map((each) => {
      if (each.type === "choice") return whole(0, each.choices.length - 1);
      return each.type === "bars" ? whole(each.minimum, each.minimum + 20) : each.minimum + 5 * random();
    });
    // Many that are far apart, and many that are alike.
    const isFar = random() < 0.5;
    const price = (): number => (isFar || random() < 0.5 ? 1 + 999 * random() : whole(1, 5));
    const inputs = portsOf(indicator).map(({ type }) =>
      // Who waits for a condition does not wait for long.
      Float64Array.from({ length }, (_, bar) =>
        type === "bool" ? Number(bar === 0 || random() < 0.5) : price(),
      ),
    );
    const cuts = Array.from({ length: whole(1, 30) }, () => whole(1, 9));
    yield { parameters, inputs, cuts, at: whole(0, length - 1) };
  }
}

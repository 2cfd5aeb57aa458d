import { BitFeverError, compileExpression } from "@bitfever/lang";
import {
  catalogueWith,
  checkSettings,
  defaultSettings,
  Evaluation,
  fieldsOf,
  type Bars,
  type Settings,
} from "@bitfever/engine";
import { timingFor } from "@bitfever/runtime";
import type { OwnIndicators } from "./compilation.js";

/** A column of an expression, one value per bar. */
export interface EvaluatedColumn {
  readonly name: string;
  readonly unit: string;
  /** One value per bar; NaN where there is none. Bools are 1 and 0. */
  readonly values: Float64Array;
}

const blockLength = 2_048;

/**
 * Computes an expression of the language over bars: one column, or one for each output of a function with several.
 *
 * @param own  indicators that are not of the catalogue
 * @throws BitFeverError BF1000 with diagnostics when the expression has errors
 * @example
 * const [macd, signal, histogram] = evaluate("macd(close, 12, 26, 9)", bars);
 */
export function evaluate(
  expression: string,
  bars: Bars,
  settings: Pick<Settings, "zone" | "session_start"> = defaultSettings,
  { indicators }: OwnIndicators = {},
): readonly EvaluatedColumn[] {
  const source = { name: "expression", text: expression };
  const { plan, diagnostics } = compileExpression(source, catalogueWith(indicators));
  if (plan === null) {
    throw new BitFeverError("BF1000", `the expression has an error: ${diagnostics[0].message}`, {
      diagnostics,
      source,
    });
  }
  const timing = timingFor(plan, checkSettings(settings), bars.intervalMs);
  const fields = fieldsOf(bars, timing);
  const instrument = { tick: null, lot: null, multiplier: 1 };
  const evaluation = new Evaluation(plan, Math.min(blockLength, bars.length), {
    timing,
    instrument,
    indicators,
  });
  const columns = plan.outputs.map(({ name, unit }) => ({
    name,
    unit,
    values: new Float64Array(bars.length),
  }));
  for (let from = 0; from < bars.length; from += blockLength) {
    const to = Math.min(from + blockLength, bars.length);
    evaluation.append(fields, from, to);
    if (evaluation.dependsOnAccount)
      throw new BitFeverError("BF5006", `\`${expression}\` depends on an account, and here is none`, {
        hint: "account values such as `equity` exist in strategies only",
      });
    columns.forEach((each, i) => {
      evaluation.copyNewest(plan.outputs[i].column, each.values.subarray(from, to));
    });
  }
  return columns;
}

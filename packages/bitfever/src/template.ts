import { BitFeverError } from "@bitfever/lang";
import { compile, type Strategy } from "./strategy.js";

/**
 * A strategy written in a program: what a template says is compiled, with numbers and texts put in as they would be written.
 *
 * @throws BitFeverError BF1000 with diagnostics when the program has errors, BF5351 for what is no text and no finite number
 * @example
 * const length = 50;
 * const strategy = bf`strategy "Trend" {
 *   enter long when close crosses above sma(close, ${length}) { stop at low - 2 * atr(14) }
 *   exit long when close < sma(close, ${length})
 * }`;
 * console.log(strategy.program.name);
 */
export function bf(texts: TemplateStringsArray, ...values: readonly (string | number)[]): Strategy {
  return compile(String.raw({ raw: texts.raw }, ...values.map(written)));
}

function written(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value))
    // The language has no exponents.
    return value.toLocaleString("en-US", { useGrouping: false, maximumSignificantDigits: 17 });
  throw new BitFeverError("BF5351", `${String(value)} cannot be put into a program`, {
    hint: "put in numbers, or texts in the language",
  });
}

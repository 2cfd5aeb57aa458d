import {
  BitFeverError,
  type CompileOptions as LanguageOptions,
  type Program,
  type Source,
} from "@bitfever/lang";
import { compileText, type OwnIndicators } from "./compilation.js";
import { givenProgram } from "./given.js";
import type { ParameterInput } from "./parameters.js";

/** What a compilation is told beside the text: where modules come from, and indicators of one's own. */
export interface CompileOptions extends LanguageOptions, OwnIndicators {}

/**
 * A compiled strategy. `Values` is the type of its parameters, known when it comes from a module that
 * `bf-compile --emit ts` wrote.
 */
export interface Strategy<Values = ParameterInput> extends OwnIndicators {
  readonly program: Program;
  /** Only a type; there is no such value at run time. */
  readonly parameters?: Partial<Values>;
}

/**
 * The strategy of a program that was compiled before, with the indicators it was compiled with.
 *
 * @example
 * const again = defineStrategy(strategy.program);
 * console.log((await backtest(again, bars)).result.trades.length);
 */
export const defineStrategy = <Values = ParameterInput>(
  program: Program,
  own: OwnIndicators = {},
): Strategy<Values> => ({ program, ...own });

/**
 * Compiles a strategy written in BitFever.
 *
 * @param source   the text, or the text with the name to show in messages
 * @param options  where the texts behind `import` come from (without it only those of the library, `std/…`, are found),
 *   and indicators of your own
 * @throws BitFeverError BF1000 with all diagnostics when the program has errors, BF5357 for what is no text
 * @example
 * const strategy = compile(`
 *   strategy "Trend" {
 *     enter long when close crosses above sma(close, 50) { stop at low - 2 * atr(14) }
 *     exit long when close < sma(close, 50)
 *   }
 * `);
 */
export function compile(source: string | Source, options: CompileOptions = {}): Strategy {
  const named = givenProgram(source);
  const { program, diagnostics } = compileText(named, options);
  const { indicators } = options;
  if (program !== null) return { program, ...(indicators && { indicators }) };
  const errors = diagnostics.filter((each) => each.severity === "error");
  const [first] = errors;
  throw new BitFeverError(
    "BF1000",
    `${named.name} has ${errors.length} ${errors.length === 1 ? "error" : "errors"}: ${first.message}`,
    {
      diagnostics,
      source: named,
      hint: "each diagnostic says where and why; `bf check` shows them",
    },
  );
}

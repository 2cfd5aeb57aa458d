import { hasErrors, type CompileOptions, type Program, type Source } from "@bitfever/lang";
import { compileText } from "../compilation.js";
import { compile as compileOrThrow } from "../strategy.js";

/**
 * The program of a file for running its tests. A module has no strategy: its tests run in one without rules that is put
 * behind it, from where its functions and values are seen.
 *
 * @throws BitFeverError BF1000 with all diagnostics when the file has errors
 * @example
 * const program = compileForTests({ name: "half.bf", text: "fn half(x: number) = x / 2" });
 * console.log((await runTests(program)).passed);
 */
export function compileForTests(source: Source, options: CompileOptions = {}): Program {
  const { program, diagnostics } = compileText(source, options);
  if (program !== null) return program;
  if (hasErrors(diagnostics)) return compileOrThrow(source, options).program;
  const text = `${source.text}\n${strategyOfModule}\n`;
  return { ...compileOrThrow({ ...source, text }, options).program, source, rules: [] };
}

/** A strategy without an entry does not compile; this one's is taken out again. */
const strategyOfModule = 'strategy "module" { enter long when close > open { unprotected } }';

import type { Source } from "@bitfever/lang";
import { compileText } from "../compilation.js";
import { placed, type PlacedDiagnostic } from "../placed-diagnostic.js";
import type { CompileOptions } from "../strategy.js";

/**
 * All that is to be said of a program, errors and warnings, in the order of their places; nothing is thrown. For an editor,
 * as one types.
 *
 * @example
 * for (const { line, column, code, message } of diagnose(editor.value)) mark(line, column, `${code}: ${message}`);
 */
export function diagnose(source: string | Source, options: CompileOptions = {}): readonly PlacedDiagnostic[] {
  const named = typeof source === "string" ? { name: "strategy.bf", text: source } : source;
  return compileText(named, options)
    .diagnostics.map((each) => placed(named, each))
    .sort((a, b) => a.span.start - b.span.start);
}

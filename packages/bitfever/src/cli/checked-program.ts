import { BitFeverError, compile, type Diagnostic, type Program, type Source } from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";

/** The program and its warnings; with an error, all diagnostics are thrown together. */
export function checkedProgram(source: Source): { program: Program; warnings: readonly Diagnostic[] } {
  const { program, diagnostics } = compile(source, catalogue);
  if (program !== null) return { program, warnings: diagnostics };
  throw new BitFeverError("BF1000", `${source.name} has errors`, { diagnostics, source });
}

import { BitFeverError, type Diagnostic, type FindModule, type Program, type Source } from "@bitfever/lang";
import { compileText } from "../compilation.js";
import { fileModules } from "../modules.js";

/** The program and its warnings; with an error, all diagnostics are thrown together. */
export function checkedProgram(
  source: Source,
  findModule: FindModule = fileModules,
): { program: Program; warnings: readonly Diagnostic[] } {
  const { program, diagnostics } = compileText(source, { findModule });
  if (program !== null) return { program, warnings: diagnostics };
  throw new BitFeverError("BF1000", `${source.name} has errors`, { diagnostics, source });
}

import {
  BitFeverError,
  renderDiagnostic,
  type Compilation,
  type Diagnostic,
  type FindModule,
  type Program,
  type Source,
} from "@bitfever/lang";
import { compileText } from "../compilation.js";
import { fileModules } from "../modules.js";
import { paintOf, type Io } from "./io.js";

interface Checked {
  readonly program: Program;
  readonly warnings: readonly Diagnostic[];
}

/** As `checkedProgram`, and shows the warnings. */
export function shownProgram(io: Io, source: Source, findModule?: FindModule): Checked {
  const checked = checkedProgram(io, source, findModule);
  for (const each of checked.warnings) io.err(`${renderDiagnostic(source, each, paintOf(io))}\n\n`);
  return checked;
}

/** The program and its warnings; with an error, all diagnostics are thrown together. */
export function checkedProgram(io: Io, source: Source, findModule: FindModule = fileModules): Checked {
  const { program, diagnostics } = io.programs?.find(source) ?? compiledAnew(io, source, findModule);
  if (program !== null) return { program, warnings: diagnostics };
  throw new BitFeverError("BF1000", `${source.name} has errors`, { diagnostics, source });
}

/** It is kept where it is of this text alone: what it imports may be another the next time. */
function compiledAnew({ programs }: Io, source: Source, findModule: FindModule): Compilation {
  let imports = false;
  const compilation = compileText(source, {
    findModule: (...asked) => {
      imports = true;
      return findModule(...asked);
    },
  });
  if (!imports && compilation.program !== null) programs?.keep(source, compilation);
  return compilation;
}

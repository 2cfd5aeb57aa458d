import { hasErrors, renderDiagnostic, type Diagnostic, type Program, type Source } from "@bitfever/lang";
import { readSource } from "../files.js";
import { compileText } from "../compilation.js";
import { fileModules } from "../modules.js";
import { jsonText } from "../json-text.js";
import { placed } from "../placed-diagnostic.js";
import { annotationsText, diagnosticAnnotations } from "./github.js";
import { countOf, exitCodes, paintOf, type ExitCode, type Io } from "./io.js";
import { sarifOf } from "./sarif.js";

/** How diagnostics are shown: to people on stderr, as `github` annotates files as well, or to machines on stdout. */
export const diagnosticFormats = ["text", "json", "sarif", "github"] as const;
export type DiagnosticFormat = (typeof diagnosticFormats)[number];

export interface CheckedFiles {
  readonly code: ExitCode;
  readonly programs: readonly { readonly file: string; readonly program: Program }[];
}

/** Compiles every file and shows what is to be said of each. */
export async function checkFiles(
  io: Io,
  files: readonly string[],
  format: DiagnosticFormat,
): Promise<CheckedFiles> {
  return checkSources(io, await Promise.all(files.map(readSource)), format);
}

export function checkSources(io: Io, sources: readonly Source[], format: DiagnosticFormat): CheckedFiles {
  const compiled = sources.map((source) => ({
    source,
    ...compileText(source, { findModule: fileModules }),
  }));
  const all = compiled.flatMap((each) => each.diagnostics);
  switch (format) {
    case "json": {
      const told = compiled.flatMap(({ source, diagnostics }) =>
        diagnostics.map((each) => placed(source, each)),
      );
      io.out(jsonText(told));
      break;
    }
    case "sarif":
      io.out(jsonText(sarifOf(compiled)));
      break;
    case "github":
    case "text": {
      const paint = paintOf(io);
      for (const { source, diagnostics } of compiled)
        for (const each of diagnostics) io.err(`${renderDiagnostic(source, each, paint)}\n\n`);
      io.err(`${countOf(sources.length, "file")} checked: ${totals(all)}\n`);
      if (format === "github") {
        const said = compiled.map((each) => diagnosticAnnotations(each.source, each.diagnostics));
        io.err(annotationsText(said.flat()));
      }
    }
  }
  const programs = compiled.flatMap(({ source, program }) =>
    program === null ? [] : [{ file: source.name, program }],
  );
  return { code: hasErrors(all) ? exitCodes.failed : exitCodes.fine, programs };
}

function totals(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((each) => each.severity === "error").length;
  return `${countOf(errors, "error")}, ${countOf(diagnostics.length - errors, "warning")}`;
}

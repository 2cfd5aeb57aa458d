import {
  compile,
  hasErrors,
  positionAt,
  renderDiagnostic,
  type Diagnostic,
  type Program,
  type Source,
} from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";
import { readSource } from "../files.js";
import { countOf, exitCodes, paintOf, type ExitCode, type Io } from "./io.js";

export interface CheckedFiles {
  readonly code: ExitCode;
  readonly programs: readonly { readonly file: string; readonly program: Program }[];
}

/** Compiles every file and shows what is to be said of each, as text on stderr or as one JSON array on stdout. */
export async function checkFiles(io: Io, files: readonly string[], asJson: boolean): Promise<CheckedFiles> {
  const sources = await Promise.all(files.map(readSource));
  const compiled = sources.map((source) => ({ source, ...compile(source, catalogue) }));
  const all = compiled.flatMap((each) => each.diagnostics);
  if (asJson) {
    const told = compiled.flatMap(({ source, diagnostics }) =>
      diagnostics.map((each) => jsonOf(source, each)),
    );
    io.out(`${JSON.stringify(told, null, 2)}\n`);
  } else {
    const paint = paintOf(io);
    for (const { source, diagnostics } of compiled)
      for (const each of diagnostics) io.err(`${renderDiagnostic(source, each, paint)}\n\n`);
    io.err(`${countOf(files.length, "file")} checked: ${totals(all)}\n`);
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

const jsonOf = (source: Source, { span, labels, ...rest }: Diagnostic): object => ({
  file: source.name,
  ...rest,
  ...positionAt(source, span.start),
  span,
  labels: labels.map((each) => ({ ...each, ...positionAt(source, each.span.start) })),
});

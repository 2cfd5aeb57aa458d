import { appendFile } from "node:fs/promises";
import { BitFeverError, positionAt, type Diagnostic, type Source } from "@bitfever/lang";
import type { Io } from "./io.js";

/** Something said of a place in a file, which GitHub shows beside its line. */
export interface Annotation {
  readonly level: "error" | "warning";
  /** Left out where it is of no file. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
  readonly title: string;
  readonly message: string;
}

/** GitHub shows so many of each level for a step, and drops the others without a word. */
const mostShown = 10;

/** Annotations as the commands of a workflow that GitHub finds in what a step prints. */
export function annotationsText(annotations: readonly Annotation[]): string {
  const lines = (["error", "warning"] as const).flatMap((level) => {
    const all = annotations.filter((each) => each.level === level);
    if (all.length <= mostShown) return all.map(lineOf);
    const rest = all.length - mostShown + 1;
    const last = { level, title: `${rest} more`, message: `${rest} more are in the log of this step` };
    return [...all.slice(0, mostShown - 1), last].map(lineOf);
  });
  return lines.map((each) => `${each}\n`).join("");
}

function lineOf({ level, file, line, column, title, message }: Annotation): string {
  const places = Object.entries({ file, line, col: column, title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  return `::${level} ${places.join(",")}::${escapeData(message)}`;
}

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** What the compiler says of a program. */
export const diagnosticAnnotations = (
  source: Source,
  diagnostics: readonly Diagnostic[],
): readonly Annotation[] =>
  diagnostics.map(({ code, severity, message, hint, fix, span }) => ({
    ...{ level: severity, file: source.name, ...positionAt(source, span.start), title: code },
    message: [message, hint, fix?.title].filter((each) => each !== undefined).join("\n"),
  }));

/** Any mistake of the user's. */
export function errorAnnotations(error: BitFeverError): readonly Annotation[] {
  const { code, message, hint, source, diagnostics } = error;
  if (source !== undefined && diagnostics.length > 0) return diagnosticAnnotations(source, diagnostics);
  return [{ level: "error", title: code, message: hint === undefined ? message : `${message}\n${hint}` }];
}

/** Does something, and annotates what it refuses. */
export async function annotating<Done>(io: Io, isWanted: boolean, act: () => Promise<Done>): Promise<Done> {
  try {
    return await act();
  } catch (error) {
    if (isWanted && error instanceof BitFeverError) io.err(annotationsText(errorAnnotations(error)));
    throw error;
  }
}

/** Adds to the page of the job, where GitHub has one. */
export async function addToSummary({ env = {} }: Io, markdown: string): Promise<void> {
  const path = env["GITHUB_STEP_SUMMARY"] ?? "";
  if (path === "") return;
  try {
    await appendFile(path, `${markdown}\n`);
  } catch (cause) {
    throw new BitFeverError("BF5021", `cannot write ${path}, which GITHUB_STEP_SUMMARY names`, {
      cause,
      hint: "unset the variable, or leave out --github",
    });
  }
}

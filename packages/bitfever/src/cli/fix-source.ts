import { positionAt, type Diagnostic, type Fix, type Source } from "@bitfever/lang";
import { compileText } from "../compilation.js";
import { fileModules } from "../modules.js";

/** A diagnostic that a fix has removed, where it stood when the fix was applied. */
export interface Fixed {
  readonly code: string;
  readonly title: string;
  readonly line: number;
  readonly column: number;
}

export interface FixedSource {
  readonly source: Source;
  readonly fixed: readonly Fixed[];
}

/** One fix can make room for another; more rounds than this are fixes that undo each other. */
const mostRounds = 10;

/** Applies the fixes of all diagnostics, again and again until none is left. */
export function fixSource(given: Source): FixedSource {
  const fixed: Fixed[] = [];
  const seen = new Set([given.text]);
  let source = given;
  for (let round = 0; round < mostRounds; round++) {
    const chosen = apart(compileText(source, { findModule: fileModules }).diagnostics);
    const text = applied(
      source.text,
      chosen.map(({ fix }) => fix),
    );
    if (seen.has(text)) break;
    seen.add(text);
    for (const { code, span, fix } of chosen)
      fixed.push({ code, title: fix.title, ...positionAt(source, span.start) });
    source = { ...source, text };
  }
  return { source, fixed };
}

type Fixable = Diagnostic & { readonly fix: Fix };

/** Those whose fixes do not meet: the first of each place. What a fix writes may repeat text that another changes. */
function apart(diagnostics: readonly Diagnostic[]): readonly Fixable[] {
  const fixable = diagnostics
    .filter((each): each is Fixable => each.fix !== undefined && each.fix.edits.length > 0)
    .map((each) => ({ each, ...extentOf(each.fix) }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let last = -1;
  return fixable.flatMap(({ each, start, end }) => {
    if (start <= last) return [];
    last = end;
    return [each];
  });
}

const extentOf = ({ edits }: Fix): { readonly start: number; readonly end: number } => ({
  start: Math.min(...edits.map(({ span }) => span.start)),
  end: Math.max(...edits.map(({ span }) => span.end)),
});

/** The text with the edits made, from the last to the first. */
function applied(text: string, fixes: readonly Fix[]): string {
  return fixes
    .flatMap(({ edits }) => edits)
    .sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)
    .reduce(
      (result, { span, text: written }) => result.slice(0, span.start) + written + result.slice(span.end),
      text,
    );
}

import type { Argument } from "./ast.js";
import { diagnostic, type Fix } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { nearest } from "./nearest.js";
import type { Scope } from "./scope.js";
import type { Span } from "./source.js";

export interface Signature {
  readonly name: string;
  readonly wanted: readonly { readonly name: string; readonly hasDefault: boolean }[];
  /** How it is called, for messages. */
  readonly usage: string;
}

/** For each parameter the position of the argument that gives it, null for a default; null and a report if unclear. */
export function assign(
  { name: called, wanted, usage }: Signature,
  { arguments: given, span }: { readonly arguments: readonly Argument[]; readonly span: Span },
  scope: Pick<Scope, "report">,
): (number | null)[] | null {
  const slots: (number | null)[] = wanted.map(() => null);
  const fail = (problem: string, at: Span, fix?: Fix): null => {
    scope.report(diagnostic("BF2005", at, { name: called, problem, usage }, { fix }));
    return null;
  };

  for (const [i, { name, value }] of given.entries()) {
    const slot = name === null ? i : wanted.findIndex((each) => each.name === name.name);
    if (name !== null && slot < 0) {
      const names = wanted.map((each) => each.name);
      return fail(
        `there is no argument \`${name.name}\``,
        name.span,
        replacing(name.span, nearest(name.name, names)),
      );
    }
    if (slot >= wanted.length) return fail(`${given.length} arguments are too many`, value.span);
    if (slots[slot] !== null) return fail(`\`${wanted[slot].name}\` is given twice`, value.span);
    slots[slot] = i;
  }
  const missing = wanted.filter((each, i) => slots[i] === null && !each.hasDefault);
  const names = missing.map((each) => `\`${each.name}\``).join(", ");
  return missing.length > 0 ? fail(`${names} ${missing.length === 1 ? "is" : "are"} missing`, span) : slots;
}

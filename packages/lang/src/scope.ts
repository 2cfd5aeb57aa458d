import type { Catalogue } from "./catalogue.js";
import { diagnostic, type Diagnostic, type DiagnosticDetails } from "./diagnostic.js";
import type { TypedExpression } from "./program.js";
import type { Source, Span } from "./source.js";
import { fits, number, typePhrase, type ValueType } from "./type.js";
import { units } from "./unit.js";

/** What names mean where an expression stands. `undefined` is unknown, `null` known to be wrong already. */
export interface Scope {
  readonly catalogue: Catalogue;
  readonly source: Source;
  readonly resolve: (name: string) => TypedExpression | null | undefined;
  /** The names to choose from when one is unknown. */
  readonly names: () => Iterable<string>;
  /** Whether a value is known before the run. */
  readonly isStatic: (value: TypedExpression) => boolean;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Whether the value may stand where `wanted` is needed; reports it when not. */
export function expect(
  value: TypedExpression,
  wanted: ValueType,
  span: Span,
  scope: Pick<Scope, "report">,
  details: DiagnosticDetails = {},
): boolean {
  if (fits(value.type, wanted)) return true;
  const values = { expected: typePhrase(wanted), found: typePhrase(value.type) };
  scope.report(diagnostic("BF2006", span, values, details));
  return false;
}

/** Whether the value may count bars: known before the run, and a number of bars or an `int`. */
export function expectBars(value: TypedExpression, span: Span, what: string, scope: Scope): boolean {
  if (!fits(value.type, number(units.ratio)) && !expect(value, number(units.bars), span, scope)) return false;
  return expectStatic(value, span, what, scope);
}

export function expectStatic(
  value: TypedExpression,
  span: Span,
  what: string,
  { isStatic, report }: Pick<Scope, "isStatic" | "report">,
): boolean {
  if (isStatic(value)) return true;
  report(diagnostic("BF2008", span, { what }, { hint: "write a number, a `param`, or arithmetic of these" }));
  return false;
}

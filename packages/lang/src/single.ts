import type { Expression } from "./ast.js";
import { diagnostic } from "./diagnostic.js";
import { textOf } from "./fixes.js";
import type { TypedExpression } from "./program.js";
import type { Scope } from "./scope.js";
import { isSingle, valuePhrase, type Value } from "./value.js";

/** The typed form of an expression of one value; null when something in it is wrong, which has then been reported. */
export function checkSingle(of: Expression, scope: Scope): TypedExpression | null {
  const value = scope.check(of, scope);
  return value && single(value, of, scope);
}

/** One value, or a report that there are several. */
export function single(value: Value, of: Expression, scope: Scope): TypedExpression | null {
  if (isSingle(value)) return value;
  if (value.kind === "record") {
    const names = [...value.fields.keys()];
    const name = of.kind === "call" ? of.callee.name : textOf(of, scope.source);
    const hint = `write \`${textOf(of, scope.source)}.${names[0] ?? ""}\``;
    scope.report(diagnostic("BF2012", of.span, { name, outputs: names.join(", ") }, { hint }));
  } else {
    const values = { expected: "one value", found: valuePhrase(value) };
    const hint =
      value.kind === "window"
        ? "fold it to one value: `sum(…)`, `mean(…)`, `max(…)`, or `fold(for … in …: …)`"
        : undefined;
    scope.report(diagnostic("BF2006", of.span, values, { hint }));
  }
  return null;
}

import type { Expression } from "./ast.js";
import { isLiteral } from "./check-sense.js";
import { checkSingle, single } from "./single.js";
import { diagnostic } from "./diagnostic.js";
import { textOf } from "./fixes.js";
import { expectBars, type Scope } from "./scope.js";
import { mapValues, type Value, type WindowValue } from "./value.js";

/** `x[k]`; of a record or a tuple, all of its parts k bars ago. */
export function checkHistory(of: Extract<Expression, { kind: "history" }>, scope: Scope): Value | null {
  if (isLiteral(of.of)) scope.report(diagnostic("BF3029", of.of.span, { text: textOf(of.of, scope.source) }));
  const past = of.of.kind === "name" ? scope.find(of.of.name)?.past : undefined;
  const value = past ?? scope.check(of.of, scope);
  const by = checkSingle(of.by, scope);
  if (value === null || by === null || !expectBars(by, of.by, "`k` in `x[k]`", scope)) return null;
  if (of.of.kind === "name" && scope.find(of.of.name)?.isUnfinished === true && !scope.isGuarded) {
    const { name } = of.of;
    scope.report(diagnostic("BF2019", of.span, { name }, { hint: `write \`${name}[1] or else …\`` }));
    return null;
  }
  if (value.kind === "window" || value.kind === "text") return single(value, of.of, scope);
  const { span } = of.by;
  return mapValues(value, (each) => ({ kind: "delay", of: each, by, type: each.type, span }));
}

/** `x[a..b]`, both included. */
export function checkWindow(of: Extract<Expression, { kind: "window" }>, scope: Scope): WindowValue | null {
  const entry = of.of.kind === "name" ? scope.find(of.of.name) : undefined;
  const isOwn = entry?.past !== undefined && of.of.kind === "name";
  if (isOwn && (of.from.kind !== "number" || of.from.value < 1)) {
    const names = `${of.of.kind === "name" ? of.of.name : ""} → itself`;
    const hint = "in its own block a state's value on this bar is still being made: start the window at 1";
    scope.report(diagnostic("BF2003", of.span, { names }, { hint }));
    return null;
  }
  const value = entry?.past ?? checkSingle(of.of, scope);
  const from = checkSingle(of.from, scope);
  const to = checkSingle(of.to, scope);
  if (value === null || from === null || to === null) return null;
  const what = "a bound of a window";
  if (!expectBars(from, of.from, what, scope) || !expectBars(to, of.to, what, scope)) return null;
  if (of.of.kind === "name" && entry?.isUnfinished === true && !scope.isGuarded) {
    scope.report(diagnostic("BF2019", of.span, { name: of.of.name }));
    return null;
  }
  return { kind: "window", of: scope.elaboration.bind("window", value, scope.clock), from, to };
}

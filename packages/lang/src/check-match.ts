import type { Expression } from "./ast.js";
import { checkSingle } from "./single.js";
import { choose } from "./unify.js";
import { diagnostic } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { nearest } from "./nearest.js";
import { apply, constant } from "./program.js";
import type { Scope } from "./scope.js";
import { bool, likely, typePhrase } from "./type.js";
import type { Value } from "./value.js";

/** `match kind { sma: …, ema: … }`: one value for each member of an enum. */
export function checkMatch(of: Extract<Expression, { kind: "match" }>, scope: Scope): Value | null {
  const matched = checkSingle(of.of, scope);
  const values = of.cases.map((each) => scope.check(each.value, scope));
  if (matched === null) return null;
  const { type } = matched;
  if (type.kind !== "enum") {
    const hint = "conditions choose with `if … then … else if … then … else …`";
    const found = { expected: "a value of an enum", found: typePhrase(type) };
    scope.report(diagnostic("BF2006", of.of.span, found, { hint }));
    return null;
  }
  const places = of.cases.map(({ name }) => (name === null ? -1 : type.members.indexOf(name.name)));
  for (const [i, { name }] of of.cases.entries()) {
    if (name === null) continue;
    if (places[i] < 0) {
      const fix = replacing(name.span, nearest(name.name, type.members));
      const hint = fix === undefined ? `its members are ${type.members.join(", ")}` : undefined;
      scope.report(diagnostic("BF2021", name.span, { name: name.name, of: type.name }, { hint, fix }));
      return null;
    }
    if (places.indexOf(places[i]) < i) {
      scope.report(diagnostic("BF3010", name.span, { what: `\`${name.name}\`` }));
      return null;
    }
  }
  const missing = type.members.filter((_, i) => !places.includes(i));
  if (missing.length > 0 && !places.includes(-1)) {
    scope.report(diagnostic("BF2022", of.span, { missing: missing.join(", ") }));
    return null;
  }
  const checked = values.filter((each) => each !== null);
  if (checked.length < values.length) return null;
  // What is left when all others are ruled out needs no question.
  const last = places.includes(-1) ? places.indexOf(-1) : places.length - 1;
  let result: Value | null = checked[last];
  for (const [i, place] of places.entries()) {
    if (i === last || result === null) continue;
    const isIt = apply("equal", [matched, constant(place, type)], likely(bool, [matched]));
    result = choose(isIt, checked[i], result, of, scope);
  }
  return result;
}

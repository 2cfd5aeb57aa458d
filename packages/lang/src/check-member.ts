import type { EnumDeclaration, Expression, Name } from "./ast.js";
import { reportUnknownFunction } from "./check-call.js";
import { callFunction } from "./check-function.js";
import { differentClock } from "./check-clock.js";
import { diagnostic } from "./diagnostic.js";
import { replacing, textOf } from "./fixes.js";
import { nearest } from "./nearest.js";
import { fieldNames, isFieldName, meaningOf, predefined } from "./predefined.js";
import { constant, type TypedExpression } from "./program.js";
import type { Module, Scope, UserFunction } from "./scope.js";
import type { Value } from "./value.js";

/** `bands.upper`, `Average.ema`, `levels.step`. */
export function checkMember(of: Extract<Expression, { kind: "member" }>, scope: Scope): Value | null {
  const { member } = of;
  if (of.of.kind === "name" && scope.find(of.of.name) === undefined) {
    const { name } = of.of;
    const members = scope.namespace.enums.get(name);
    if (members !== undefined) return memberOf(members, member, scope);
    const module = scope.namespace.modules.get(name);
    if (module !== undefined) return valueOf(module, name, member, scope);
    if (scope.markets.has(name)) return fieldOfMarket(name, of, scope);
  }
  if (of.of.kind === "member" && of.of.of.kind === "name") {
    const module = scope.namespace.modules.get(of.of.of.name);
    const members = module?.scope.namespace.enums.get(of.of.member.name);
    if (module?.isPublic(of.of.member.name) === true && members !== undefined)
      return memberOf(members, member, scope);
  }
  const value = scope.check(of.of, scope);
  if (value === null) return null;
  if (value.kind === "record") {
    const field = value.fields.get(member.name);
    if (field !== undefined) return field;
    const names = [...value.fields.keys()];
    const fix = replacing(member.span, nearest(member.name, names));
    const what = of.of.kind === "call" ? of.of.callee.name : textOf(of.of, scope.source);
    const hint = `the outputs of \`${what}\` are ${names.join(", ")}`;
    scope.report(diagnostic("BF2013", member.span, { name: member.name }, { hint, fix }));
    return null;
  }
  if (isOutput(value, member, scope)) return value;
  const removal = {
    title: `leave out \`.${member.name}\``,
    edits: [{ span: { start: of.of.span.end, end: member.span.end }, text: "" }],
  };
  const isCall = of.of.kind === "call";
  const details = isCall
    ? { fix: removal }
    : { hint: "only functions and records have parts to choose from" };
  scope.report(diagnostic("BF2013", member.span, { name: member.name }, details));
  return null;
}

/** The only output of a function, by its name. */
function isOutput(value: Value, { name }: Name, scope: Scope): boolean {
  return value.kind === "call" && scope.catalogue.get(value.name)?.outputs[value.output].name === name;
}

/** `spy.close`: what a bar of another market has, on the clock of that market. */
function fieldOfMarket(
  market: string,
  { member, span }: Extract<Expression, { kind: "member" }>,
  scope: Scope,
): TypedExpression | null {
  const known = isFieldName(member.name) ? predefined(member.name) : undefined;
  if (known === undefined) {
    const fix = replacing(member.span, nearest(member.name, fieldNames));
    const hint = `a market has ${fieldNames.join(", ")}`;
    scope.report(diagnostic("BF2013", member.span, { name: member.name }, { hint, fix }));
    return null;
  }
  if (scope.clock === market) return known;
  scope.report(differentClock(`${market}.${member.name}`, span, market, scope));
  return null;
}

function memberOf(of: EnumDeclaration, { name, span }: Name, scope: Scope): Value | null {
  const members = of.members.map((each) => each.name);
  const place = members.indexOf(name);
  if (place >= 0) return constant(place, { kind: "enum", name: of.name.name, members });
  const fix = replacing(span, nearest(name, members));
  const hint = fix === undefined ? `its members are ${members.join(", ")}` : undefined;
  scope.report(diagnostic("BF2021", span, { name, of: of.name.name }, { hint, fix }));
  return null;
}

function valueOf(module: Module, of: string, { name, span }: Name, scope: Scope): Value | null {
  const entry = module.isPublic(name) ? module.scope.find(name) : undefined;
  if (entry !== undefined) return entry.value;
  scope.report(diagnostic("BF2202", span, { name, module: of }));
  return null;
}

/** `levels.opening_range(30m)`, `range.width()`; and `ta.sma(close, 20)`, which is how it is done elsewhere. */
export function checkMethod(of: Extract<Expression, { kind: "method" }>, scope: Scope): Value | null {
  const { name, span } = of.method;
  const check = (): (Value | null)[] => of.arguments.map((each) => scope.check(each.value, scope));
  const isOwn = of.of.kind === "name" && scope.find(of.of.name) === undefined;
  if (of.of.kind === "name" && isOwn) {
    const module = scope.namespace.modules.get(of.of.name);
    if (module !== undefined) {
      const found = module.isPublic(name) ? module.scope.namespace.functions.get(name) : undefined;
      if (found !== undefined) return callFunction(found, { ...of, name, self: null }, scope);
      check();
      scope.report(diagnostic("BF2202", span, { name, module: of.of.name }));
      return null;
    }
    if (scope.markets.has(of.of.name)) {
      check();
      const hint = `a block has functions of its market: \`on ${of.of.name} { let name = ${name}(…) }\``;
      scope.report(diagnostic("BF2013", span, { name }, { hint }));
      return null;
    }
    if (scope.catalogue.has(name) || scope.namespace.functions.has(name)) {
      check();
      const edits = [{ span: { start: of.span.start, end: span.start }, text: "" }];
      const fix = { title: `leave out \`${textOf(of.of, scope.source)}.\``, edits };
      scope.report(diagnostic("BF2015", { start: of.span.start, end: span.end }, { name }, { fix }));
      return null;
    }
    if (!scope.namespace.types.has(of.of.name) && !isPredefined(of.of.name)) {
      check();
      reportUnknownFunction(of.method, scope);
      return null;
    }
  }
  const self = scope.check(of.of, scope);
  if (self === null) {
    check();
    return null;
  }
  const type = self.kind === "record" ? self.name : null;
  const method = type === null ? undefined : methodOf(type, name, scope);
  if (method !== undefined) return callFunction(method, { ...of, name, self }, scope);
  check();
  reportUnknownFunction(of.method, scope);
  return null;
}

const isPredefined = (name: string): boolean => meaningOf(name) !== undefined;

/** Methods go with their type, in whatever file that is. */
function methodOf(type: string, name: string, scope: Scope): UserFunction | undefined {
  const key = `${type}.${name}`;
  const own = scope.namespace.methods.get(key);
  if (own !== undefined) return own;
  for (const module of scope.namespace.modules.values()) {
    const found = module.scope.namespace.methods.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

import type { Argument, FunctionDeclaration } from "./ast.js";
import { assign } from "./arguments.js";
import { define } from "./check-definitions.js";
import { conform, declaredType } from "./declared.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { Elaboration, mostValues, placedAt } from "./elaboration.js";
import type { Entry, Scope, UserFunction } from "./scope.js";
import type { Span } from "./source.js";
import { limits } from "./limits.js";
import { partsOf } from "./program.js";
import { fits, number } from "./type.js";
import { units } from "./unit.js";
import { mapValues, type DeclaredType, type Value } from "./value.js";

/** A call of a function of the program, wherever its name stands. */
export interface FunctionCall {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly span: Span;
  /** What stands before the dot of a method. */
  readonly self: Value | null;
}

/**
 * The value of a call: the function's body with the arguments in place of its parameters, checked for them. So a
 * function without types works for prices and for volumes, on every clock, and the same call twice is one value.
 */
export function callFunction(of: UserFunction, call: FunctionCall, scope: Scope): Value | null {
  const { declaration } = of;
  const given = call.arguments.map((each) => scope.check(each.value, scope));
  if (scope.calls.includes(of)) {
    scope.report(diagnostic("BF2017", call.span, { name: call.name }));
    return null;
  }
  const wanted = call.self === null ? declaration.parameters : declaration.parameters.slice(1);
  const slots = assign(
    {
      name: call.name,
      wanted: wanted.map(({ name, default: initial }) => ({ name: name.name, hasDefault: initial !== null })),
      usage: usageOf(call.name, declaration),
    },
    call,
    scope,
  );
  if (slots === null || given.includes(null)) return null;
  if (scope.calls.length >= limits.calls) {
    const what = `functions that call one another more than ${limits.calls} deep`;
    scope.report(diagnostic("BF1006", call.span, { what }));
    return null;
  }
  if (scope.elaboration.isFull) {
    scope.report(diagnostic("BF1006", call.span, { what: `a program of more than ${mostValues} values` }));
    return null;
  }

  const { body, entries, finish } = bodyOf(of, call, scope);
  const selves = call.self === null ? [] : [{ value: call.self, span: call.span }];
  const values = slots.map((at, i) => {
    const { default: initial } = wanted[i];
    if (at !== null) return { value: given[at], span: call.arguments[at].value.span };
    return { value: initial && scope.check(initial, body), span: call.span };
  });
  for (const [i, { value, span }] of [...selves, ...values].entries()) {
    const { name, type } = declaration.parameters[i];
    const declared = type && declaredType(type, of.scope);
    if (value === null || (type !== null && declared === null)) return finish(null);
    const fitting = declared === null ? value : conform(value, declared, span, scope);
    if (fitting === null) return finish(null);
    entries.set(name.name, entryOf(fitting, name.name, scope));
  }
  const key = `${scope.clock ?? ""} ${JSON.stringify([...entries.values()], plain)}`;
  const known = scope.elaboration.results(of).get(key);
  if (known !== undefined) return finish(known);
  const before = scope.elaboration.lets.length;
  const result = valueOf(declaration, body, entries);
  if (result !== null && isTooLarge(result)) {
    const what = `a value in a loop of more than ${limits.loop} parts`;
    scope.report(diagnostic("BF1006", call.span, { what }));
    scope.elaboration.results(of).set(key, null);
    return finish(null);
  }
  const bound = result && mapValues(result, (each) => scope.elaboration.bind(call.name, each, scope.clock));
  // What is wrong with the numbers of a call is known when they are, and is shown where the reader can change it.
  const isForeign = of.scope.source !== scope.source;
  if (isForeign) scope.elaboration.place(before, call.span);
  const value = isForeign && bound ? mapValues(bound, (each) => placedAt(each, call.span)) : bound;
  const checked = finish(value);
  scope.elaboration.results(of).set(key, checked);
  return checked;
}

const plain = (key: string, value: unknown): unknown =>
  key === "span" ? undefined : value instanceof Map ? [...value] : value;

function entryOf(value: Value, name: string, scope: Scope): Entry {
  const bound = mapValues(value, (each) => scope.elaboration.bind(name, each, scope.clock));
  return { value: bound, clock: scope.clock };
}

/** The scope of a function's body, and what to do with the errors that come out of it. */
function bodyOf(
  of: UserFunction,
  call: FunctionCall,
  scope: Scope,
): { body: Scope; entries: Map<string, Entry>; finish: (value: Value | null) => Value | null } {
  const entries = new Map<string, Entry>();
  const found: Diagnostic[] = [];
  const body: Scope = {
    ...of.scope,
    clock: scope.clock,
    fieldClock: scope.fieldClock,
    isUniverse: scope.isUniverse,
    elaboration: scope.elaboration,
    calls: [...scope.calls, of],
    loops: scope.loops,
    isGuarded: false,
    find: (name) => entries.get(name) ?? of.scope.find(name),
    names: () => [...entries.keys(), ...of.scope.names()],
    report: (each) => void found.push(each),
  };
  const finish = (value: Value | null): Value | null => {
    const [first] = found;
    if (first === undefined) return value;
    if (of.scope.source !== scope.source) {
      const types = call.arguments.length > 0 ? ` here` : "";
      scope.report(diagnostic("BF2018", call.span, { name: call.name, problem: `${first.message}${types}` }));
      return null;
    }
    const label = { span: call.span, text: "called here" };
    for (const each of found) scope.report({ ...each, labels: [...each.labels, label].slice(0, 4) });
    return first.severity === "error" ? null : value;
  };
  return { body, entries, finish };
}

function valueOf(declaration: FunctionDeclaration, body: Scope, entries: Map<string, Entry>): Value | null {
  define(
    declaration.definitions.map((each) => ({ declaration: each, clock: body.clock })),
    body,
    entries,
    declaration.name.name,
  );
  const value = body.check(declaration.value, body);
  const result = declaration.result && declaredType(declaration.result, body);
  if (value === null || (declaration.result !== null && result === null)) return null;
  return result === null ? value : conform(value, result, declaration.value.span, body);
}

/**
 * Looks at a function by itself, so that a mistake in it is found before anybody calls it. Only where all of its
 * parameters have types; without them it means something else at every call.
 */
export function checkDeclaration(
  of: UserFunction,
  isUniverse: boolean,
  elaboration: Elaboration,
  report: (diagnostic: Diagnostic) => void,
): void {
  const { declaration } = of;
  const wasCalled = elaboration.results(of).size > 0;
  if (wasCalled || declaration.parameters.some((each) => each.type === null)) return;
  const own = { elaboration: new Elaboration(of.scope.catalogue), calls: [of], isUniverse, report };
  const scope: Scope = { ...of.scope, ...own };
  const entries = new Map<string, Entry>();
  for (const { name, type } of declaration.parameters) {
    const declared = type && declaredType(type, scope);
    if (declared === null) return;
    entries.set(name.name, { value: anyOf(declared, name.name), clock: null });
  }
  const body: Scope = { ...scope, find: (name) => entries.get(name) ?? of.scope.find(name) };
  valueOf(declaration, body, entries);
}

/** Some value of a type. Counts are thought to be known before the run, as lengths are. */
function anyOf(type: DeclaredType, name: string): Value {
  if (type.kind === "single") {
    const isCount =
      type.type.kind === "number" &&
      (fits(type.type, number(units.bars)) || fits(type.type, number(units.ratio)));
    return { kind: isCount ? "parameter" : "let", name: `${name}#`, type: type.type };
  }
  const fields = [...type.fields].map(([field, each]) => [field, anyOf(each, `${name}.${field}`)] as const);
  return { kind: "record", name: type.name, fields: new Map(fields) };
}

/** In a loop values have no names that would keep them small. */
function isTooLarge(value: Value): boolean {
  let parts = 0;
  let isFine = true;
  mapValues(value, (each) => {
    const open = [each];
    for (let next = open.pop(); next !== undefined && isFine; next = open.pop()) {
      if (++parts > limits.loop) isFine = false;
      open.push(...partsOf(next));
    }
    return each;
  });
  return !isFine;
}

/** How a function is called: `opening_range(span: duration, closed = true)`. */
function usageOf(name: string, { parameters }: FunctionDeclaration): string {
  const written = parameters.map(({ name: { name: each }, type, default: initial }) =>
    [each, type === null ? "" : `: ${type.name}`, initial === null ? "" : " = …"].join(""),
  );
  return `${name}(${written.join(", ")})`;
}

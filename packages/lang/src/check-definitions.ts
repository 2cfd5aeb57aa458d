import type { LetDeclaration, Name, StateDeclaration } from "./ast.js";
import { checkState } from "./check-state.js";
import { conform, declaredType } from "./declared.js";
import { namesOf, orderDefinitions, type PlacedDefinition } from "./definitions.js";
import { diagnostic } from "./diagnostic.js";
import { dependsOnLoop } from "./elaboration.js";
import { textOf } from "./fixes.js";
import type { TypedExpression } from "./program.js";
import type { Entry, Scope } from "./scope.js";
import { isSingle, mapValues, valuePhrase, type DeclaredType, type Value } from "./value.js";

/**
 * Works out definitions in the order they need one another and enters them under their names. In a function (which
 * has a `label`) they get hidden names, for each call its own.
 */
export function define(
  definitions: readonly PlacedDefinition[],
  scope: Scope,
  entries: Map<string, Entry>,
  label: string | null,
): void {
  const { ordered, circles } = orderDefinitions(definitions, (name) => scope.namespace.functions.get(name));
  for (const circle of circles) {
    reportCircle(circle, scope);
    for (const each of circle)
      for (const name of namesOf(each)) entries.set(name, { value: null, clock: each.clock });
  }
  const unfinished = new Map(ordered.flatMap((each) => namesOf(each).map((name) => [name, each] as const)));
  /** Names that are given before the value they are for. */
  const given = new Map<PlacedDefinition, string>();
  const nameFor = (of: PlacedDefinition): string => {
    const { name } = of.declaration.name;
    if (label === null) return name;
    const known = given.get(of) ?? scope.elaboration.hiddenName(`${label}.${name}`);
    given.set(of, known);
    return known;
  };

  for (const definition of ordered) {
    const { declaration, clock } = definition;
    const inner: Scope = {
      ...scope,
      clock,
      fieldClock: clock,
      find: (name) => (unfinished.has(name) ? pastOf(name, unfinished, nameFor, scope) : scope.find(name)),
      names: () => [...unfinished.keys(), ...scope.names()],
    };
    if (declaration.kind === "state") {
      const name = nameFor(definition);
      const value = oneForAll(checkState(declaration, name, inner), declaration, label, scope);
      if (value !== null) scope.elaboration.define(name, value, clock, label !== null);
      const reference: Value | null = value && { kind: "let", name, type: value.type };
      entries.set(declaration.name.name, { value: reference, clock });
    } else {
      const checked = checkLet(declaration, inner);
      const value = given.has(definition) ? oneForAll(checked, declaration, label, scope) : checked;
      enter(declaration, value, definition, nameFor, scope, entries, label !== null);
    }
    for (const name of namesOf(definition)) unfinished.delete(name);
  }
  for (const each of circles.flat())
    if (each.declaration.kind === "let")
      scope.check(each.declaration.value, {
        ...scope,
        clock: each.clock,
        isGuarded: true,
      });
}

/** What has a past must be one thing; null and a report where it is another at every step of a loop. */
function oneForAll<Checked extends Value>(
  value: Checked | null,
  { name }: LetDeclaration | StateDeclaration,
  label: string | null,
  scope: Scope,
): Checked | null {
  if (value === null || label === null || !isSingle(value) || !dependsOnLoop(value)) return value;
  const problem = `its \`${name.name}\` has a past, and would be another at every step of the loop`;
  scope.report(diagnostic("BF2018", name.span, { name: label, problem }));
  return null;
}

/** An earlier value of what is not worked out yet: only its declaration says what it is. */
function pastOf(
  name: string,
  unfinished: ReadonlyMap<string, PlacedDefinition>,
  nameFor: (of: PlacedDefinition) => string,
  scope: Scope,
): Entry {
  const definition = unfinished.get(name);
  const declaration = definition?.declaration;
  const given = declaration?.type ?? null;
  const type = given && declaredType(given, scope);
  if (definition === undefined || declaration === undefined || type?.kind !== "single") {
    if (declaration !== undefined && type === null && declaration.type === null)
      scope.report(diagnostic("BF2020", declaration.name.span, { word: declaration.kind, name }));
    return { value: null, clock: definition?.clock ?? null };
  }
  const value: TypedExpression = { kind: "let", name: nameFor(definition), type: type.type };
  return { value, clock: definition.clock, isUnfinished: true };
}

function checkLet(of: LetDeclaration, scope: Scope): Value | null {
  const value = scope.check(of.value, scope);
  const type: DeclaredType | null = of.type && declaredType(of.type, scope);
  if (value === null || (of.type !== null && type === null)) return null;
  return type === null ? value : conform(value, type, of.value.span, scope);
}

function enter(
  of: LetDeclaration,
  value: Value | null,
  definition: PlacedDefinition,
  nameFor: (of: PlacedDefinition) => string,
  scope: Scope,
  entries: Map<string, Entry>,
  hidden: boolean,
): void {
  const { clock } = definition;
  const named = (name: string, each: Value): Value | null =>
    mapValues(each, (single, path) => scope.elaboration.define(`${name}${path}`, single, clock, hidden));
  if (of.parts === null) {
    entries.set(of.name.name, { value: value && named(nameFor(definition), value), clock });
    return;
  }
  const items = value?.kind === "tuple" ? value.items : null;
  if (value !== null && items?.length !== of.parts.length) {
    const expected = `${of.parts.length} values in parentheses`;
    const found = valuePhrase(value);
    const hint =
      value.kind === "record"
        ? `read its parts by name: \`${textOf(of.value, scope.source)}.${[...value.fields.keys()][0] ?? ""}\``
        : undefined;
    scope.report(diagnostic("BF2006", of.value.span, { expected, found }, { hint }));
  }
  for (const [i, part] of of.parts.entries()) {
    const item = items?.length === of.parts.length ? items[i] : null;
    const name = hidden ? scope.elaboration.hiddenName(part.name) : part.name;
    entries.set(part.name, { value: item && named(name, item), clock });
  }
}

function reportCircle(circle: readonly PlacedDefinition[], scope: Scope): void {
  const declarations: (LetDeclaration | StateDeclaration)[] = circle.map((each) => each.declaration);
  const [first] = declarations;
  const names: Name[] = [...declarations, first].map((each) => each.name);
  const labels = declarations
    .map(({ name }, i) => ({ span: name.span, text: `needs \`${names[i + 1].name}\`` }))
    .slice(1, 6);
  const hint = "a value that goes on from its own past reads it with `x[1] or else …`, or is a `state`";
  const written = names.map((each) => each.name).join(" → ");
  scope.report(diagnostic("BF2003", first.name.span, { names: written }, { hint, labels }));
}

import type { Action, Reset, StateDeclaration } from "./ast.js";
import { checkSingle } from "./single.js";
import { conform, declaredType } from "./declared.js";
import { diagnostic } from "./diagnostic.js";
import { mostValues } from "./elaboration.js";
import { apply, constant, type TypedExpression } from "./program.js";
import { expect, type Scope } from "./scope.js";
import { bool, instant, literal, number, present, typePhrase, type ValueType } from "./type.js";
import { units } from "./unit.js";
import { isSingle, type Value } from "./value.js";

/**
 * A `state` as an equation: what it was a bar ago (at its start and after a reset, its initial value), changed by the
 * actions one after another. `set` under a condition chooses; so nothing is ever skipped.
 *
 * Only one that may be absent by its type takes absence on: any other waits for its initial value, and keeps its own
 * where it would be set to none. So a total does not end for ever with the first bar of an average's warm-up.
 */
export function checkState(of: StateDeclaration, name: string, scope: Scope): TypedExpression | null {
  const type = typeOf(of, scope);
  if (type === null) return null;
  const fitting = (value: TypedExpression, span: StateDeclaration["span"]): TypedExpression | null =>
    singleOf(conform(value, { kind: "single", type }, span, scope));
  const first = checkSingle(of.initial, scope);
  const initial = first && fitting(first, of.initial.span);
  if (initial === null) return null;
  const bind = (value: TypedExpression): TypedExpression => scope.elaboration.bind(name, value, scope.clock);
  const start = bind(initial);
  const previous: TypedExpression = { kind: "previous", name, initial: start, type };
  const orKept = (value: TypedExpression, kept: TypedExpression): TypedExpression =>
    type.optional === true ? value : apply("or_else", [value, kept], type);
  const before = orKept(previous, start);
  const past: TypedExpression = { kind: "let", name, type };
  const inReset: Scope = {
    ...scope,
    isGuarded: true,
    find: (each) =>
      each === of.name.name ? { value: previous, past, clock: scope.clock } : scope.find(each),
  };
  const reset = resetCondition(of.reset, inReset);
  if (reset === null) return null;
  const opening = reset === "never" ? before : apply("choose", [bind(reset), start, before], type);

  /** What the variable has come to after some actions. */
  const after = (actions: readonly Action[], running: TypedExpression | null): TypedExpression | null =>
    actions.reduce((value, action) => value && step(action, value), running);

  const step = (action: Action, running: TypedExpression): TypedExpression | null => {
    if (scope.elaboration.isFull) {
      scope.report(diagnostic("BF1006", of.span, { what: `a program of more than ${mostValues} values` }));
      return null;
    }
    const inner: Scope = {
      ...scope,
      isGuarded: true,
      find: (each) =>
        each === of.name.name ? { value: running, past, clock: scope.clock } : scope.find(each),
    };
    if (action.kind === "set") {
      if (action.name.name !== of.name.name) {
        const values = { name: action.name.name, state: of.name.name };
        scope.report(diagnostic("BF2023", action.name.span, values));
        return null;
      }
      const value = checkSingle(action.value, inner);
      const fit = value && fitting(value, action.value.span);
      return fit && bind(orKept(bind(fit), running));
    }
    const condition = checkSingle(action.condition, inner);
    const then = after(action.actions, running);
    const otherwise = after(action.otherwise, running);
    if (condition === null || then === null || otherwise === null) return null;
    if (!expect(condition, bool, action.condition.span, scope)) return null;
    return bind(apply("choose", [bind(isTrue(condition)), then, otherwise], type));
  };
  return after(of.actions, bind(opening));
}

const singleOf = (value: Value | null): TypedExpression | null =>
  value !== null && isSingle(value) ? value : null;

/** An absent condition does not hold. */
const isTrue = (of: TypedExpression): TypedExpression => apply("or_else", [of, constant(0, bool)], bool);

function typeOf(of: StateDeclaration, scope: Scope): ValueType | null {
  if (of.type !== null) {
    const declared = declaredType(of.type, scope);
    if (declared === null) return null;
    if (declared.kind === "single") return declared.type;
    const values = { expected: "the type of one value", found: `\`${of.type.name}\`` };
    scope.report(diagnostic("BF2006", of.type.span, values, { hint: "give each part a `state` of its own" }));
    return null;
  }
  const initial = checkSingle(of.initial, { ...scope, report: () => undefined });
  if (initial === null) {
    checkSingle(of.initial, scope);
    return null;
  }
  if (initial.type.kind === "none") {
    const hint = `write \`state ${of.name.name}: price? = none …\``;
    const values = { expected: "a value with a type", found: typePhrase(initial.type) };
    scope.report(diagnostic("BF2006", of.initial.span, values, { hint }));
    return null;
  }
  return initial.type.kind === "number" && initial.type.unit === null
    ? number(units.ratio)
    : present(initial.type);
}

const dayMs = 86_400_000;

function resetCondition(of: Reset, scope: Scope): TypedExpression | "never" | null {
  switch (of.kind) {
    case "never":
      return "never";
    case "session": {
      const place: TypedExpression = { kind: "field", name: "session_bar", type: number(units.bars) };
      return apply("equal", [place, constant(0, literal)], bool);
    }
    case "week":
    case "month": {
      const name = of.kind === "week" ? "week_of_year" : "month";
      const now: TypedExpression = { kind: "calendar", name, type: number(units.ratio) };
      const span = { start: 0, end: 0 };
      const by = constant(1, literal);
      const before = (of: TypedExpression): TypedExpression => ({
        kind: "delay",
        of,
        by,
        type: of.type,
        span,
      });
      const time: TypedExpression = { kind: "field", name: "time", type: instant };
      const gap = apply("subtract", [time, before(time)], number(units.duration));
      const longest = constant((of.kind === "week" ? 7 : 31) * dayMs, number(units.duration));
      // The same number after a longer gap is that of another year.
      const isOther = apply("not_equal", [now, before(now)], bool);
      return isTrue(apply("or", [isOther, apply("greater_or_equal", [gap, longest], bool)], bool));
    }
    case "when": {
      const condition = checkSingle(of.condition, scope);
      if (condition === null || !expect(condition, bool, of.condition.span, scope)) return null;
      return isTrue(condition);
    }
  }
}

import type { CallExpression, Expression } from "./ast.js";
import type { Builtin, BuiltinParameter, ChoiceParameter } from "./catalogue.js";
import { diagnostic } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { nearest } from "./nearest.js";
import { predefined } from "./predefined.js";
import { apply, constant, type TypedExpression } from "./program.js";
import { expectStatic, type Scope } from "./scope.js";
import { checkSingle } from "./single.js";
import type { Span } from "./source.js";
import { bool, fits, literal, number, typePhrase } from "./type.js";
import { isSingle } from "./value.js";
import { units } from "./unit.js";

/*
 * Where a function takes one of a few words, such as the kind of a moving average: `bbands(close, 20, ma: ema)`. The
 * word stands for its place among the choices, which may be written as a number, and an enum of the program with such
 * words for members may choose: `param kind: Average = Average.ema in { Average.sma, Average.ema }`.
 */

/** How a function is called, for messages. */
interface Called {
  readonly name: string;
  readonly usage: string;
}

/**
 * The parameters in the order in which this call gives them. Choices that stand between lengths may all be left out of
 * the row: `stoch(14, 3, 3)` has three lengths, as everybody writes it.
 */
export function parametersInRow(
  { inputs, parameters }: Builtin,
  { arguments: given }: CallExpression,
): readonly BuiltinParameter[] {
  const lengths = parameters.filter((each) => each.type !== "choice");
  const row = given.filter((each) => each.name === null);
  const hasChoice = row.some((each) => isChoiceName(each.value, parameters));
  if (hasChoice || row.length !== inputs.length + lengths.length) return parameters;
  return [...lengths, ...parameters.filter((each) => each.type === "choice")];
}

/** Whether it is a name that one of the parameters knows. */
export const isChoiceName = (of: Expression, parameters: Builtin["parameters"]): boolean =>
  of.kind === "name" && parameters.some((each) => each.type === "choice" && each.choices.includes(of.name));

/** The place of what is chosen, known before the run; null where it is no choice, which is then reported. */
export function checkChoice(
  { name, choices }: ChoiceParameter,
  of: Expression,
  called: Called,
  scope: Scope,
): TypedExpression | null {
  const fail = (problem: string, at: Span, word?: string): null => {
    const fix = word === undefined ? undefined : replacing(at, nearest(word, choices));
    const hint = fix === undefined ? `\`${name}\` is one of ${choices.join(", ")}` : undefined;
    scope.report(diagnostic("BF2005", at, { ...called, problem }, { hint, fix }));
    return null;
  };
  if (of.kind === "name") {
    const entry = scope.find(of.name);
    const place = choices.indexOf(of.name);
    // A series cannot be meant here, so `let ema = …` does not take the word away.
    if (place >= 0 && !isKnown(entry?.value ?? null, scope)) return constant(place, literal);
    const isFree = entry === undefined && predefined(of.name) === undefined && !scope.isBroken(of.name);
    if (isFree) return fail(`there is no \`${name}\` called \`${of.name}\``, of.span, of.name);
  }
  const value = checkSingle(of, scope);
  if (value === null) return null;
  const { type } = value;
  if (type.kind === "enum") {
    const stray = type.members.find((each) => !choices.includes(each));
    if (stray !== undefined) return fail(`\`${type.name}.${stray}\` is no \`${name}\``, of.span);
  } else if (type.kind !== "number" || !fits(type, number(units.ratio)))
    return fail(`\`${name}\` is a word, not ${typePhrase(type)}`, of.span);
  if (!expectStatic(value, of.span, `\`${name}\` of \`${called.name}\``, scope)) return null;
  return type.kind === "enum" ? placeOf(value, type.members, choices) : value;
}

/** The choice with the name of the enum's member. */
function placeOf(
  value: TypedExpression,
  members: readonly string[],
  choices: readonly string[],
): TypedExpression {
  const places = members.map((each) => constant(choices.indexOf(each), literal));
  return places.reduce((rest, place, member) =>
    apply("choose", [apply("equal", [value, constant(member, value.type)], bool), place, rest], literal),
  );
}

const isKnown = (value: ReturnType<Scope["check"]>, { elaboration }: Scope): boolean =>
  value !== null && isSingle(value) && elaboration.isStatic(value);

import { expect, test } from "vitest";
import { compileExpression, renderDiagnostic } from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";

/* Words as arguments, such as the kind of a moving average. */

const said = (text: string): string[] =>
  compileExpression({ name: "expression", text }, catalogue).diagnostics.map(
    ({ code, message }) => `${code} ${message}`,
  );

const parametersOf = (text: string): readonly number[] => {
  const { plan, diagnostics } = compileExpression({ name: "expression", text }, catalogue);
  if (plan === null) throw new Error(renderDiagnostic({ name: "expression", text }, diagnostics[0]));
  const node = plan.nodes.find((each) => each.kind === "kernel" && each.parameters.length > 2);
  return node?.kind === "kernel" ? node.parameters : [];
};

test.each([
  ["apo(close, 12, 26)", [12, 26, 0]],
  ["apo(close, 12, 26, ema)", [12, 26, 1]],
  ["apo(close, 12, 26, 1)", [12, 26, 1]],
  ["apo(close, ma: t3)", [12, 26, 8]],
  ["bbands(close, 20, ma: wma).upper", [20, 2, 2, 2]],
])("%s has the parameters %j", (text, parameters) => {
  expect(parametersOf(text)).toEqual(parameters);
});

test.each([
  ["apo(close, 12, 26, emma)", /BF2005 .*there is no `ma` called `emma`/],
  ["apo(close, 12, 26, 12)", /BF2009 .*0 \(sma\), 1 \(ema\)/],
  ["apo(close, 12, 26, 0.5)", /BF2009/],
  ["apo(close, 12, 26, close)", /BF2005 .*is a word/],
  ["apo(close, ema, 26)", /BF/],
])("%s is told so", (text, message) => {
  expect(said(text).join("\n")).toMatch(message);
});

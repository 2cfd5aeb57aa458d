import type { CstNode } from "chevrotain";
import type { Declaration, ParameterRange } from "../ast.js";
import { nodeSpan } from "../span.js";
import { expressionIn, lowerExpression } from "./expression.js";
import { nameOf, node, nodes, token } from "./tree.js";

export function lowerParameter(of: CstNode): Declaration | null {
  const name = token(of, "NameToken");
  const type = token(of, "type");
  const initial = expressionIn(of, "default");
  if (name === undefined || type === undefined || initial === null) return null;
  const choices = node(of, "choices");
  const interval = node(of, "interval");
  const range = choices ? lowerChoices(choices) : interval ? lowerInterval(interval) : null;
  return {
    kind: "param",
    name: nameOf(name),
    type: nameOf(type),
    default: initial,
    range,
    span: nodeSpan(of),
  };
}

const lowerChoices = (of: CstNode): ParameterRange => ({
  kind: "choices",
  values: nodes(of, "expression").flatMap((each) => lowerExpression(each) ?? []),
  span: nodeSpan(of),
});

function lowerInterval(of: CstNode): ParameterRange | null {
  const from = expressionIn(of, "from");
  const to = expressionIn(of, "to");
  if (from === null || to === null) return null;
  const logarithmic = token(of, "Word_log") !== undefined;
  return { kind: "interval", from, to, step: expressionIn(of, "step"), logarithmic, span: nodeSpan(of) };
}

import type { CstNode } from "chevrotain";
import type { Action, Declaration, Definition, Reset, TypeName } from "../ast.js";
import { nodeSpan } from "../span.js";
import { expressionIn } from "./expression.js";
import { isNode, nameOf, node, nodes, token, tokens } from "./tree.js";

export function lowerLet(of: CstNode): Definition | null {
  const parts = tokens(of, "part").map(nameOf);
  const [name = parts[0]] = tokens(of, "NameToken").map(nameOf);
  const value = expressionIn(of, "expression");
  if (name === undefined || value === null) return null;
  return {
    kind: "let",
    name,
    parts: parts.length === 0 ? null : parts,
    type: typeIn(of),
    value,
    span: nodeSpan(of),
  };
}

export function lowerState(of: CstNode): Definition | null {
  const name = token(of, "NameToken");
  const initial = expressionIn(of, "expression");
  const reset = lowerReset(of);
  const actions = node(of, "actions");
  if (name === undefined || initial === null || reset === null || actions === undefined) return null;
  return {
    kind: "state",
    name: nameOf(name),
    type: typeIn(of),
    initial,
    reset,
    actions: lowerActions(actions),
    span: nodeSpan(of),
  };
}

function lowerReset(of: CstNode): Reset | null {
  for (const kind of ["session", "week", "month", "never"] as const)
    if (token(of, `Word_${kind}`) !== undefined) return { kind };
  const condition = expressionIn(of, "resetWhen");
  return condition && { kind: "when", condition };
}

const lowerActions = (of: CstNode): Action[] =>
  nodes(of, "action").flatMap((each): Action | never[] => {
    const span = nodeSpan(each);
    const name = token(each, "NameToken");
    if (name !== undefined) {
      const value = expressionIn(each, "expression");
      return value === null ? [] : { kind: "set", name: nameOf(name), value, span };
    }
    const condition = expressionIn(each, "condition");
    const [actions] = nodes(each, "actions");
    const [otherwise] = nodes(each, "otherwise");
    if (condition === null || actions === undefined) return [];
    return {
      kind: "when",
      condition,
      actions: lowerActions(actions),
      otherwise: otherwise === undefined ? [] : lowerActions(otherwise),
      span,
    };
  });

export const definitionsIn = (of: CstNode): Definition[] =>
  nodes(of, "definition").flatMap((each) => {
    const child = Object.values(each.children).flat().find(isNode);
    return (child?.name === "let" ? lowerLet(child) : child && lowerState(child)) ?? [];
  });

export function lowerFunction(of: CstNode): Declaration | null {
  const name = token(of, "NameToken");
  const method = token(of, "method");
  const value = expressionIn(of, "expression");
  if (name === undefined || value === null) return null;
  return {
    kind: "fn",
    name: nameOf(method ?? name),
    of: method === undefined ? null : nameOf(name),
    parameters: nodes(of, "functionParameter").flatMap((each) => {
      const given = token(each, "NameToken");
      return given === undefined
        ? []
        : { name: nameOf(given), type: typeIn(each), default: expressionIn(each, "expression") };
    }),
    result: typeIn(of),
    definitions: definitionsIn(of),
    value,
    span: nodeSpan(of),
  };
}

export function lowerType(of: CstNode): Declaration | null {
  const name = token(of, "NameToken");
  if (name === undefined) return null;
  const fields = nodes(of, "field").flatMap((each) => {
    const field = token(each, "NameToken");
    const type = typeIn(each);
    return field === undefined || type === null ? [] : { name: nameOf(field), type };
  });
  return { kind: "type", name: nameOf(name), fields, span: nodeSpan(of) };
}

export function lowerEnum(of: CstNode): Declaration | null {
  const name = token(of, "NameToken");
  return name === undefined
    ? null
    : { kind: "enum", name: nameOf(name), members: tokens(of, "member").map(nameOf), span: nodeSpan(of) };
}

function typeIn(of: CstNode): TypeName | null {
  const type = node(of, "typeName");
  const names = type === undefined ? [] : tokens(type, "NameToken");
  const last = names.at(-1);
  if (type === undefined || last === undefined) return null;
  const [first] = names;
  return {
    module: names.length > 1 ? nameOf(first) : null,
    name: last.image,
    optional: token(type, "Question") !== undefined,
    span: nodeSpan(type),
  };
}

import type { CstNode } from "chevrotain";
import type { Declaration } from "../ast.js";
import { nodeSpan, tokenSpan } from "../span.js";
import { lowerMarket, lowerOn } from "./clock.js";
import { lowerEnum, lowerFunction, lowerLet, lowerState, lowerType } from "./definition.js";
import { expressionIn, expressionsIn } from "./expression.js";
import { lowerEnter, lowerExit } from "./order.js";
import { lowerParameter } from "./parameter.js";
import { lowerRebalance } from "./rebalance.js";
import { lowerProperty, lowerTest } from "./tests.js";
import { isNode, isWhole, nameOf, symbolOf, tagOf, token, tokens, unquote, type Damage } from "./tree.js";

export function lowerDeclaration(of: CstNode, damage: Damage): Declaration | null {
  const child = Object.values(of.children).flat().find(isNode);
  if (child === undefined || !isWhole(of, child.name === "enter" ? [] : damage)) return null;
  const lower = declarations[child.name];
  if (lower === undefined) throw new Error(`lower: no declaration \`${child.name}\``);
  return lower(child, damage);
}

/** By the names of the productions. */
const declarations: Readonly<Record<string, (of: CstNode, damage: Damage) => Declaration | null>> = {
  param: lowerParameter,
  require: (of) => {
    const condition = expressionIn(of, "expression");
    return condition && { kind: "require", condition, span: nodeSpan(of) };
  },
  let: lowerLet,
  state: lowerState,
  on: lowerOn,
  function: lowerFunction,
  type: lowerType,
  enum: lowerEnum,
  costs: (of) => ({
    kind: "costs",
    commissions: expressionsIn(of, "commission"),
    slippages: expressionsIn(of, "slippage"),
    carries: expressionsIn(of, "carry"),
    span: nodeSpan(of),
  }),
  fills: (of) => ({
    kind: "fills",
    paths: tokens(of, "NameToken").map(nameOf),
    profiles: tokens(of, "profile").map(nameOf),
    throughs: expressionsIn(of, "expression"),
    volumes: expressionsIn(of, "volume"),
    latencies: expressionsIn(of, "latency"),
    touches: expressionsIn(of, "touch"),
    onClose: token(of, "Word_close") !== undefined,
    hedging: tokens(of, "Word_hedging").map(tokenSpan),
    span: nodeSpan(of),
  }),
  enter: lowerEnter,
  exit: lowerExit,
  flatten: lowerCommand("flatten"),
  cancel: lowerCommand("cancel"),
  limit: lowerLimit,
  alert: lowerAlert,
  plot: lowerPlot,
  test: lowerTest,
  property: lowerProperty,
  law: (of) => {
    const law = token(of, "NameToken");
    return law === undefined ? null : { kind: "law", law: nameOf(law), span: nodeSpan(of) };
  },
  market: lowerMarket,
  universe: (of) => ({
    kind: "universe",
    symbols: tokens(of, "StringLiteral").map(symbolOf),
    span: nodeSpan(of),
  }),
  rebalance: lowerRebalance,
  allow: (of) => {
    const what = token(of, "NameToken");
    return what === undefined ? null : { kind: "allow", what: nameOf(what), span: nodeSpan(of) };
  },
  golden: (of) => {
    const name = token(of, "StringLiteral");
    return name === undefined
      ? null
      : { kind: "golden", name: unquote(name), nameSpan: tokenSpan(name), span: nodeSpan(of) };
  },
};

function lowerCommand(kind: "flatten" | "cancel"): (of: CstNode) => Declaration | null {
  return (of) => {
    const when = expressionIn(of, "expression");
    return when && { kind, tag: tagOf(of), when, span: nodeSpan(of) };
  };
}

function lowerLimit(of: CstNode): Declaration | null {
  const measure = token(of, "NameToken");
  const action = token(of, "action");
  const most = expressionIn(of, "expression");
  return measure && most
    ? {
        kind: "limit",
        measure: nameOf(measure),
        most,
        action: action === undefined ? null : nameOf(action),
        span: nodeSpan(of),
      }
    : null;
}

function lowerAlert(of: CstNode): Declaration | null {
  const text = token(of, "StringLiteral");
  const when = expressionIn(of, "expression");
  return text && when
    ? { kind: "alert", text: unquote(text), textSpan: tokenSpan(text), when, span: nodeSpan(of) }
    : null;
}

function lowerPlot(of: CstNode): Declaration | null {
  const value = expressionIn(of, "expression");
  return (
    value && {
      kind: "plot",
      value,
      title: tagOf(of),
      colors: tokens(of, "color").map(nameOf),
      widths: tokens(of, "width").map(nameOf),
      styles: tokens(of, "style").map(nameOf),
      panes: tokens(of, "pane").map(unquote),
      span: nodeSpan(of),
    }
  );
}

import type { CstNode } from "chevrotain";
import type { Declaration, HoldClause, WeightClause } from "../ast.js";
import { nodeSpan } from "../span.js";
import { weightingNames } from "../weightings.js";
import { expressionIn, expressionsIn } from "./expression.js";
import { nameOf, nodes, token, unquote } from "./tree.js";

export function lowerRebalance(of: CstNode): Declaration {
  const tag = token(of, "StringLiteral");
  const every = token(of, "Interval");
  const clauses = nodes(of, "rebalanceClause");
  return {
    kind: "rebalance",
    tag: tag === undefined ? null : unquote(tag),
    every: every === undefined ? null : nameOf(every),
    when: expressionIn(of, "expression"),
    holds: clauses.flatMap((each) => nodes(each, "hold")).flatMap((each) => lowerHold(each) ?? []),
    weights: clauses.flatMap((each) => nodes(each, "weight")).map(lowerWeight),
    exposures: clauses.flatMap((each) => expressionsIn(each, "exposure")),
    bands: clauses.flatMap((each) => expressionsIn(each, "band")),
    span: nodeSpan(of),
  };
}

function lowerHold(of: CstNode): HoldClause | null {
  const count = expressionIn(of, "count");
  const by = expressionIn(of, "by");
  const isAll = token(of, "Word_each") !== undefined;
  if (!isAll && (count === null || by === null)) return null;
  return {
    side: token(of, "Word_short") === undefined ? "long" : "short",
    choice:
      count === null || by === null
        ? null
        : { order: token(of, "Word_top") === undefined ? "bottom" : "top", count, by },
    filter: expressionIn(of, "filter"),
    span: nodeSpan(of),
  };
}

function lowerWeight(of: CstNode): WeightClause {
  const by = expressionIn(of, "by");
  const at = expressionIn(of, "at");
  const weighting = weightingNames.find((each) => token(of, `Word_${each}`) !== undefined) ?? null;
  return {
    kind: by !== null ? "by" : at !== null ? "at" : weighting !== null ? "returns" : "equal",
    weighting,
    isShrunk: token(of, "Word_shrunk") !== undefined,
    value: by ?? at ?? expressionIn(of, "length"),
    cap: expressionIn(of, "cap"),
    isRedistributed: token(of, "Word_redistributed") !== undefined,
    span: nodeSpan(of),
  };
}

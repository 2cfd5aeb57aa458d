import type { CstNode } from "chevrotain";
import type { Declaration, Duration, OrderForm, SizeClause } from "../ast.js";
import { nodeSpan, tokenSpan } from "../span.js";
import { expressionIn, expressionsIn, lowerExpression } from "./expression.js";
import { isWhole, node, nodes, tagOf, token, tokens, unquote, type Damage } from "./tree.js";

export function lowerEnter(of: CstNode, damage: Damage): Declaration | null {
  const condition = node(of, "expression");
  const when = condition && isWhole(condition, damage) ? lowerExpression(condition) : null;
  const keyword = token(of, "Keyword_enter");
  if (when === null || keyword === undefined) return null;
  const written = nodes(of, "orderClause");
  const clauses = written.filter((each) => isWhole(each, damage));
  const each = <Of>(name: string, lower: (of: CstNode) => Of | null): Of[] =>
    clauses.flatMap((clause) => nodes(clause, name)).flatMap((clause) => lower(clause) ?? []);
  const form = node(of, "form");
  const tag = token(of, "StringLiteral");
  return {
    kind: "enter",
    side: token(of, "Word_long") ? "long" : "short",
    tag: tag ? unquote(tag) : null,
    form: form === undefined ? null : lowerForm(form),
    when,
    sizes: each("size", lowerSize),
    stops: each("stop", (clause) => {
      const distance = expressionIn(clause, "distance");
      const price = distance ?? expressionIn(clause, "stopPrice");
      const limit = expressionIn(clause, "limitPrice");
      return price && { price, isDistance: distance !== null, limit, span: nodeSpan(clause) };
    }),
    targets: each("target", (clause) => {
      const distance = expressionIn(clause, "distance");
      const price = distance ?? expressionIn(clause, "targetPrice");
      const share = expressionIn(clause, "share");
      return price && { price, isDistance: distance !== null, share, span: nodeSpan(clause) };
    }),
    trails: each("trail", (clause) => {
      const distance = expressionIn(clause, "distance");
      const has = (word: string): boolean => token(clause, word) !== undefined;
      const on = has("Word_within") ? "path" : has("Word_each") ? "each_bar" : "close";
      return distance && { distance, after: expressionIn(clause, "after"), on, span: nodeSpan(clause) };
    }),
    durations: each("good", lowerDuration),
    pyramids: clauses.flatMap((clause) => expressionsIn(clause, "pyramid")),
    groups: clauses
      .flatMap((clause) => tokens(clause, "StringLiteral"))
      .map((name) => ({ name: unquote(name), span: tokenSpan(name) })),
    unprotected: clauses.flatMap((clause) => tokens(clause, "Word_unprotected")).map(tokenSpan),
    isComplete: clauses.length === written.length,
    keyword: tokenSpan(keyword),
    span: nodeSpan(of),
  };
}

export function lowerExit(of: CstNode): Declaration | null {
  const when = expressionIn(of, "expression");
  if (when === null) return null;
  const side = token(of, "Word_long") ? "long" : token(of, "Word_short") ? "short" : null;
  const form = node(of, "form");
  const clauses = nodes(of, "exitClause");
  return {
    kind: "exit",
    side,
    tag: tagOf(of),
    form: form === undefined ? null : lowerForm(form),
    when,
    shares: clauses.flatMap((each) => expressionsIn(each, "expression")),
    durations: clauses.flatMap((each) => nodes(each, "good")).flatMap((each) => lowerDuration(each) ?? []),
    span: nodeSpan(of),
  };
}

function lowerForm(of: CstNode): OrderForm | null {
  const span = nodeSpan(of);
  const price = expressionIn(of, "stopPrice");
  const limit = expressionIn(of, "limitPrice");
  const touch = expressionIn(of, "touchPrice");
  if (touch !== null && limit !== null) return { kind: "limit_if_touched", price: touch, limit, span };
  if (touch !== null) return { kind: "market_if_touched", price: touch, span };
  if (price !== null && limit !== null) return { kind: "stop_limit", price, limit, span };
  if (price !== null) return { kind: "stop", price, span };
  const isPostOnly = token(of, "Word_post_only") !== undefined;
  if (limit !== null) return { kind: "limit", price: limit, isPostOnly, span };
  const isPriced = token(of, "Word_limit") ?? token(of, "Word_stop") ?? token(of, "Word_touched");
  return isPriced ? null : { kind: "market", at: token(of, "Word_close") ? "close" : "open", span };
}

function lowerDuration(of: CstNode): Duration | null {
  const span = nodeSpan(of);
  if (token(of, "Word_day") !== undefined) return { kind: "day", span };
  if (token(of, "Word_ioc") !== undefined) return { kind: "ioc", span };
  if (token(of, "Word_fok") !== undefined) return { kind: "fok", span };
  if (token(of, "Word_cancelled") !== undefined) return { kind: "gtc", span };
  const until = expressionIn(of, "until");
  if (until !== null) return { kind: "date", until, span };
  const count = expressionIn(of, "expression");
  return count && { kind: "for", length: count, span };
}

function lowerSize(of: CstNode): SizeClause | null {
  const value = expressionIn(of, "size");
  if (value === null) return null;
  const cap = expressionIn(of, "cap");
  const ofEquity = tokens(of, "Word_of").length > (cap === null ? 0 : 1);
  const kind = ofEquity ? "equity" : token(of, "Word_worth") ? "money" : "units";
  return { kind, value, cap, span: nodeSpan(of) };
}

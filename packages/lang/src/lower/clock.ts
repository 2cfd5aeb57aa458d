import type { CstNode } from "chevrotain";
import type { Declaration } from "../ast.js";
import { nodeSpan, tokenSpan } from "../span.js";
import { definitionsIn } from "./definition.js";
import { nameOf, token, unquote } from "./tree.js";

export function lowerOn(of: CstNode): Declaration | null {
  const interval = token(of, "Interval");
  const market = token(of, "NameToken");
  const first = market ?? interval;
  if (first === undefined) return null;
  const words = [market, interval].filter((each) => each !== undefined).map(nameOf);
  const clock = {
    name: words.map((each) => each.name).join(" "),
    span: { start: words[0].span.start, end: words[words.length - 1].span.end },
  };
  return {
    kind: "on",
    clock,
    market: market === undefined ? null : nameOf(market),
    interval: interval === undefined ? null : nameOf(interval),
    definitions: definitionsIn(of),
    span: nodeSpan(of),
  };
}

export function lowerMarket(of: CstNode): Declaration | null {
  const symbol = token(of, "StringLiteral");
  const name = token(of, "NameToken");
  const calendar = token(of, "calendar");
  if (symbol === undefined || name === undefined) return null;
  return {
    kind: "market",
    symbol: unquote(symbol),
    symbolSpan: tokenSpan(symbol),
    name: nameOf(name),
    calendar: calendar === undefined ? null : nameOf(calendar),
    span: nodeSpan(of),
  };
}

import type { CstNode } from "chevrotain";
import type { BarTable, Declaration, Entry, Expectation, ExpectedOrder } from "../ast.js";
import { nodeSpan } from "../span.js";
import { entriesOf, expressionIn, expressionsIn } from "./expression.js";
import { nameOf, nodes, shifted, symbolIn, tagOf, token, tokens } from "./tree.js";

export function lowerTest(of: CstNode): Declaration | null {
  const name = tagOf(of);
  if (name === null) return null;
  return {
    kind: "test",
    name,
    with: withIn(of),
    tables: nodes(of, "table").map(lowerTable),
    expectations: nodes(of, "expectation").flatMap((each) => lowerExpectation(each) ?? []),
    span: nodeSpan(of),
  };
}

export function lowerProperty(of: CstNode): Declaration | null {
  const name = tagOf(of);
  if (name === null) return null;
  const [from, to] = [token(of, "from"), token(of, "to")];
  return {
    kind: "property",
    name,
    with: withIn(of),
    bars: from && to ? { from: shifted(from.image, 0), to: shifted(to.image, 0) } : null,
    assertions: expressionsIn(of, "expression"),
    span: nodeSpan(of),
  };
}

const withIn = (of: CstNode): Entry[] =>
  nodes(of, "withValues")
    .flatMap((each) => nodes(each, "record"))
    .flatMap(entriesOf);

function lowerTable(of: CstNode): BarTable {
  const interval = token(of, "Interval");
  return {
    symbol: symbolIn(of, "StringLiteral"),
    interval: interval === undefined ? null : nameOf(interval),
    columns: tokens(of, "column").map(nameOf),
    cells: tokens(of, "cell").map((each) => (each.image === "none" ? null : shifted(each.image, 0))),
    span: nodeSpan(of),
  };
}

function lowerExpectation(of: CstNode): Expectation | null {
  const span = nodeSpan(of);
  if (token(of, "Word_orders") !== undefined)
    return {
      kind: "orders",
      orders: nodes(of, "expectedOrder").flatMap((each) => lowerOrder(each) ?? []),
      span,
    };
  const value = expressionIn(of, "expression");
  const bar = token(of, "NumberLiteral");
  return (
    value && {
      kind: "value",
      value,
      bar: bar === undefined ? null : shifted(bar.image, 0),
      symbol: symbolIn(of, "StringLiteral"),
      span,
    }
  );
}

function lowerOrder(of: CstNode): ExpectedOrder | null {
  const number = (name: string): number | null => {
    const found = token(of, name);
    return found === undefined ? null : shifted(found.image, 0);
  };
  const bar = number("bar");
  const at = token(of, "Word_open") ? "open" : token(of, "Word_close") ? "close" : number("price");
  if (bar === null || at === null) return null;
  const side = token(of, "Word_buy") ? "buy" : "sell";
  return {
    ...{ bar, side, at, quantity: number("quantity") },
    symbol: symbolIn(of, "symbol"),
    tag: tagOf(of),
    span: nodeSpan(of),
  };
}

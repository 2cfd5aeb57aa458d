import type { CstElement, CstNode, IToken } from "chevrotain";
import type {
  AcrossExpression,
  Action,
  Argument,
  BarTable,
  BinaryExpression,
  Declaration,
  Definition,
  Duration,
  Entry,
  Expectation,
  ExpectedOrder,
  Expression,
  HoldClause,
  ImportDeclaration,
  Item,
  LoopExpression,
  Name,
  OrderForm,
  ParameterRange,
  Reset,
  SizeClause,
  StrategyDeclaration,
  TypeName,
  WeightClause,
} from "./ast.js";
import { intervalMs } from "./interval.js";
import { operators, prefixOperators, type OperatorSymbol, type PrefixSymbol } from "./operators.js";
import { spanning } from "./source.js";
import { nodeSpan, tokenSpan } from "./span.js";
import { weightingNames } from "./weightings.js";

/**
 * CST → AST. The only file that knows the shapes of Chevrotain's tree. A declaration or a clause that could not be read
 * to its end is left out: the parser has reported it already.
 */

const isNode = (element: CstElement): element is CstNode => "children" in element;
/** A token that stands in the text, and was not made up during recovery. */
const isToken = (element: CstElement): element is IToken =>
  !isNode(element) && !Number.isNaN(element.startOffset);

const nodes = (of: CstNode, name: string): CstNode[] => (of.children[name] ?? []).filter(isNode);
const tokens = (of: CstNode, name: string): IToken[] => (of.children[name] ?? []).filter(isToken);
const node = (of: CstNode, name: string): CstNode | undefined => of.children[name]?.find(isNode);
const token = (of: CstNode, name: string): IToken | undefined => of.children[name]?.find(isToken);

const nameOf = (of: IToken): Name => ({ name: of.image, span: tokenSpan(of) });

/** Where productions end that an error follows at once. */
export type Damage = readonly number[];

/** An entry is judged clause by clause, everything else by all of it. */
function isWhole(of: CstNode, damage: Damage): boolean {
  const { start, end } = nodeSpan(of);
  return of.recoveredNode !== true && !damage.some((place) => start < place && place <= end);
}

const escapes: Record<string, string> = { n: "\n", t: "\t" };
const unquote = (of: IToken): string =>
  of.image.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);

export interface LoweredFile {
  readonly edition: Name | null;
  readonly imports: readonly ImportDeclaration[];
  readonly items: readonly Item[];
  readonly strategy: StrategyDeclaration | null;
}

export function lowerFile(file: CstNode, damage: Damage): LoweredFile {
  const edition = token(file, "NumberLiteral");
  const strategy = node(file, "strategy");
  return {
    edition: edition === undefined ? null : nameOf(edition),
    imports: nodes(file, "import").flatMap((each) =>
      isWhole(each, damage) ? (lowerImport(each) ?? []) : [],
    ),
    items: nodes(file, "item").flatMap((each) => lowerItem(each, damage) ?? []),
    strategy: strategy === undefined ? null : lowerStrategy(strategy, damage),
  };
}

export function lowerSoleExpression(root: CstNode): Expression | null {
  return expressionIn(root, "expression");
}

function lowerImport(of: CstNode): ImportDeclaration | null {
  const path = token(of, "StringLiteral");
  const name = token(of, "NameToken");
  return path && name
    ? {
        kind: "import",
        path: unquote(path),
        pathSpan: tokenSpan(path),
        name: nameOf(name),
        span: nodeSpan(of),
      }
    : null;
}

function lowerItem(of: CstNode, damage: Damage): Item | null {
  const declaration = lowerDeclaration(of, damage);
  switch (declaration?.kind) {
    case "fn":
    case "type":
    case "enum":
    case "let":
    case "test":
    case "property":
      return { isPublic: token(of, "Statement_pub") !== undefined, declaration };
    default:
      return null;
  }
}

function lowerStrategy(of: CstNode, damage: Damage): StrategyDeclaration | null {
  const title = token(of, "StringLiteral");
  if (title === undefined) return null;
  const clock = token(of, "Interval");
  const calendar = token(of, "NameToken");
  return {
    name: unquote(title),
    nameSpan: tokenSpan(title),
    clock: clock === undefined ? null : nameOf(clock),
    calendar: calendar === undefined ? null : nameOf(calendar),
    body: nodes(of, "declaration").flatMap((each) => lowerDeclaration(each, damage) ?? []),
    span: nodeSpan(of),
  };
}

function lowerDeclaration(of: CstNode, damage: Damage): Declaration | null {
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

function lowerLet(of: CstNode): Definition | null {
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

function lowerState(of: CstNode): Definition | null {
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

const definitionsIn = (of: CstNode): Definition[] =>
  nodes(of, "definition").flatMap((each) => {
    const child = Object.values(each.children).flat().find(isNode);
    return (child?.name === "let" ? lowerLet(child) : child && lowerState(child)) ?? [];
  });

function lowerOn(of: CstNode): Declaration | null {
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

function lowerMarket(of: CstNode): Declaration | null {
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

function lowerRebalance(of: CstNode): Declaration {
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

function lowerFunction(of: CstNode): Declaration | null {
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

function lowerType(of: CstNode): Declaration | null {
  const name = token(of, "NameToken");
  if (name === undefined) return null;
  const fields = nodes(of, "field").flatMap((each) => {
    const field = token(each, "NameToken");
    const type = typeIn(each);
    return field === undefined || type === null ? [] : { name: nameOf(field), type };
  });
  return { kind: "type", name: nameOf(name), fields, span: nodeSpan(of) };
}

function lowerEnum(of: CstNode): Declaration | null {
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

function lowerParameter(of: CstNode): Declaration | null {
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

function lowerEnter(of: CstNode, damage: Damage): Declaration | null {
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

function lowerExit(of: CstNode): Declaration | null {
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

function tagOf(of: CstNode): string | null {
  const tag = token(of, "StringLiteral");
  return tag === undefined ? null : unquote(tag);
}

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

const withIn = (of: CstNode): Entry[] =>
  nodes(of, "withValues")
    .flatMap((each) => nodes(each, "record"))
    .flatMap(entriesOf);

function lowerTest(of: CstNode): Declaration | null {
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

const symbolOf = (token: IToken): Name => ({ name: unquote(token), span: tokenSpan(token) });

function symbolIn(of: CstNode, key: string): Name | null {
  const found = token(of, key);
  return found === undefined ? null : symbolOf(found);
}

function lowerProperty(of: CstNode): Declaration | null {
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

function expressionIn(of: CstNode, name: string): Expression | null {
  const child = node(of, name);
  return child === undefined ? null : lowerExpression(child);
}

const expressionsIn = (of: CstNode, name: string): Expression[] =>
  nodes(of, name).flatMap((each) => lowerExpression(each) ?? []);

/** Precedence climbing over the flat list `operand (operator operand)*`. */
function lowerExpression(of: CstNode): Expression | null {
  const operands = nodes(of, "operand");
  const between = nodes(of, "operator").map(operatorSymbol);
  if (operands.length !== between.length + 1) return null;
  const [first] = operands;
  if (between.length === 0 && token(first, "prefix") === undefined) return lowerOperand(first);
  const items = operands.map((each) => ({ prefixes: tokens(each, "prefix"), node: each }));
  let next = 0;

  /** The expression that starts at the `used`-th prefix of the next operand. */
  function climb(minimum: number, used: number): Expression | null {
    const item = items[next];
    const prefix = item?.prefixes[used];
    let left: Expression | null;
    if (item === undefined) return null;
    if (prefix !== undefined) {
      const operator = prefix.image as PrefixSymbol;
      const operand = climb(prefixOperators[operator].precedence, used + 1);
      left = operand && {
        kind: "prefix",
        operator,
        operand,
        span: spanning(tokenSpan(prefix), operand.span),
      };
    } else {
      next++;
      left = lowerOperand(item.node);
    }
    for (;;) {
      const symbol = between[next - 1];
      const operator = symbol === undefined ? undefined : operators.get(symbol);
      if (symbol === undefined || operator === undefined || operator.precedence < minimum) return left;
      const right = climb(operator.precedence + 1, 0);
      if (left === null || right === null) return null;
      left = binary(symbol, left, right);
    }
  }

  return climb(0, 0);
}

const binary = (operator: OperatorSymbol, left: Expression, right: Expression): BinaryExpression => ({
  kind: "binary",
  operator,
  left,
  right,
  span: spanning(left.span, right.span),
});

function operatorSymbol(of: CstNode): OperatorSymbol {
  const sign = token(of, "BinaryOperator");
  const isElse = token(of, "Keyword_else") !== undefined;
  const text = isElse
    ? "or else"
    : sign
      ? sign.image
      : `crosses ${token(of, "Word_above") ? "above" : "below"}`;
  return text as OperatorSymbol;
}

function lowerOperand(of: CstNode): Expression | null {
  const primary = node(of, "primary");
  let value = primary === undefined ? null : lowerPrimary(primary);
  for (const suffix of nodes(of, "suffix")) {
    if (value === null) return null;
    const span = spanning(value.span, nodeSpan(suffix));
    const member = token(suffix, "NameToken");
    const given = node(suffix, "callArguments");
    const by = expressionIn(suffix, "expression");
    const to = expressionIn(suffix, "to");
    if (to !== null) value = by && { kind: "window", of: value, from: by, to, span };
    else if (member === undefined) value = by && { kind: "history", of: value, by, span };
    else if (given === undefined) value = { kind: "member", of: value, member: nameOf(member), span };
    else
      value = { kind: "method", of: value, method: nameOf(member), arguments: lowerArguments(given), span };
  }
  return value;
}

function lowerPrimary(of: CstNode): Expression | null {
  const number = node(of, "number");
  if (number !== undefined) return lowerNumber(number);
  const conditional = node(of, "conditional");
  if (conditional !== undefined) return lowerConditional(conditional);
  const reference = node(of, "reference");
  if (reference !== undefined) return lowerReference(reference);
  const truth = token(of, "Keyword_true") ?? token(of, "Keyword_false");
  if (truth !== undefined) return { kind: "bool", value: truth.image === "true", span: tokenSpan(truth) };
  const choice = node(of, "choice");
  if (choice !== undefined) return lowerMatch(choice);
  const record = node(of, "record");
  if (record !== undefined) return { kind: "record", entries: entriesOf(record), span: nodeSpan(record) };
  const span = nodeSpan(of);
  if (token(of, "Keyword_none") !== undefined) return { kind: "none", span };
  const text = token(of, "StringLiteral");
  if (text !== undefined) return { kind: "text", text: unquote(text), span };
  const interval = token(of, "Interval");
  if (interval !== undefined) return lowerDurationLiteral(interval);
  const clock = token(of, "TimeOfDay")?.image;
  if (clock !== undefined) {
    const [hours, minutes] = clock.split(":").map(Number);
    const value = (hours * 60 + minutes) * 60_000;
    return { kind: "number", value, unit: "time", span };
  }
  const items = nodes(of, "expression").map(lowerExpression);
  const [inner] = items;
  if (items.length < 2) {
    // With its parentheses, so that a fix that quotes it does not lose them.
    return inner ? { ...inner, span } : null;
  }
  return items.includes(null) ? null : { kind: "tuple", items: items.filter((each) => each !== null), span };
}

/** A month has no length, and is left to the checker to refuse. */
const lowerDurationLiteral = (of: IToken): Expression => ({
  kind: "number",
  value: intervalMs(of.image) ?? NaN,
  unit: "time",
  span: tokenSpan(of),
});

const entriesOf = (of: CstNode): Entry[] =>
  nodes(of, "entry").flatMap((each) => {
    const name = token(each, "NameToken");
    const value = expressionIn(each, "expression");
    return name && value ? { name: nameOf(name), value } : [];
  });

function lowerMatch(of: CstNode): Expression | null {
  const matched = expressionIn(of, "expression");
  const cases = nodes(of, "case").flatMap((each) => {
    const name = token(each, "NameToken");
    const value = expressionIn(each, "expression");
    return value === null ? [] : { name: name === undefined ? null : nameOf(name), value };
  });
  return matched && { kind: "match", of: matched, cases, span: nodeSpan(of) };
}

function lowerLoop(of: CstNode): LoopExpression | AcrossExpression | null {
  const variable = token(of, "NameToken");
  const over = expressionIn(of, "over");
  const body = expressionIn(of, "body");
  if (token(of, "Word_each") !== undefined && body !== null)
    return { kind: "across", filter: expressionIn(of, "filter"), body, span: nodeSpan(of) };
  if (variable === undefined || over === null || body === null) return null;
  const name = token(of, "accumulator");
  const initial = expressionIn(of, "initial");
  return {
    kind: "loop",
    variable: nameOf(variable),
    over,
    to: expressionIn(of, "to"),
    accumulator: name && initial ? { name: nameOf(name), initial } : null,
    filter: expressionIn(of, "filter"),
    body,
    span: nodeSpan(of),
  };
}

function lowerNumber(of: CstNode): Expression | null {
  const span = nodeSpan(of);
  const percent = token(of, "Percent");
  // Shifting the exponent in the text rounds once: 0.1% is the double nearest to 0.001.
  if (percent) return { kind: "number", value: shifted(percent.image.slice(0, -1), -2), unit: "ratio", span };
  const digits = token(of, "NumberLiteral");
  if (digits === undefined) return null;
  const unit = token(of, "unit")?.image;
  if (unit === "bps") return { kind: "number", value: shifted(digits.image, -4), unit: "ratio", span };
  if (unit === "bar" || unit === "bars")
    return { kind: "number", value: shifted(digits.image, 0), unit: "bars", span };
  if (unit === "tick" || unit === "ticks")
    return { kind: "number", value: shifted(digits.image, 0), unit: "ticks", span };
  return { kind: "number", value: shifted(digits.image, 0), unit: null, span };
}

function shifted(digits: string, exponent: number): number {
  const [mantissa = "0", power = "0"] = digits.replaceAll("_", "").toLowerCase().split("e");
  return Number(`${mantissa}e${Number(power) + exponent}`);
}

function lowerConditional(of: CstNode): Expression | null {
  const condition = expressionIn(of, "condition");
  const then = expressionIn(of, "then");
  const otherwise = expressionIn(of, "else");
  if (condition === null || then === null || otherwise === null) return null;
  return { kind: "conditional", condition, then, else: otherwise, span: nodeSpan(of) };
}

function lowerReference(of: CstNode): Expression | null {
  const name = token(of, "NameToken");
  if (name === undefined) return null;
  const given = node(of, "callArguments");
  if (given === undefined) return { kind: "name", name: name.image, span: tokenSpan(name) };
  return { kind: "call", callee: nameOf(name), arguments: lowerArguments(given), span: nodeSpan(of) };
}

const lowerArguments = (of: CstNode): Argument[] =>
  nodes(of, "argument").flatMap((each) => lowerArgument(each) ?? []);

function lowerArgument(of: CstNode): Argument | null {
  const loop = node(of, "loop");
  const value = loop === undefined ? expressionIn(of, "expression") : lowerLoop(loop);
  const name = token(of, "NameToken");
  return value && { name: name ? nameOf(name) : null, value };
}

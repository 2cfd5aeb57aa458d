import type { CstNode, IToken, TokenType } from "chevrotain";
import { operators } from "../operators.js";
import { tokenSpan } from "../span.js";
import { keyword, sign, word } from "../tokens.js";
import { aligned, type Item } from "./columns.js";
import type { Comments } from "./comments.js";
import {
  continuation,
  group,
  hardLine,
  ifBroken,
  indent,
  line,
  margin,
  space,
  type Document,
} from "./document.js";
import { childrenOf, cutBefore, isNode, spanOf, type Child } from "./tree.js";

/** Productions that are a statement or a clause, or end with one. */
const statementRules: ReadonlySet<string> = new Set([
  ...["item", "declaration", "definition", "orderClause", "exitClause", "import", "strategy", "type", "enum"],
  ...["function", "on", "state", "action", "param", "require", "let", "costs", "fills", "enter", "exit"],
  ...["flatten", "cancel", "limit", "alert", "plot", "test", "property", "law", "golden", "stop", "target"],
  ...["trail", "good", "size", "table", "expectation", "expectedOrder"],
  ...["market", "universe", "rebalance", "rebalanceClause", "hold", "weight", "allow"],
]);
/** Their braces hold entries with commas; in some of them a comma may stand behind the last. */
const literalRules: ReadonlyMap<string, { readonly mayTrail: boolean }> = new Map([
  ["type", { mayTrail: true }],
  ["choice", { mayTrail: true }],
  ["record", { mayTrail: true }],
  ["enum", { mayTrail: false }],
  ["choices", { mayTrail: false }],
]);
/** Their clauses are a word and a value, in two columns. */
const clauseRules: ReadonlySet<string> = new Set(["enter", "exit", "costs", "rebalance"]);
/** What starts a column of a parameter, behind its name and type. */
const parameterColumns: ReadonlySet<string> = new Set(["Assign", "Keyword_in", "Word_step", "Word_log"]);
/** In these a value with operators that is too long goes below the `=`. */
const assigningRules: ReadonlySet<string> = new Set(["let", "function", "action"]);
/** What starts a clause that has no production of its own. */
const clauseStarts: ReadonlySet<TokenType> = new Set([
  ...[
    word.commission,
    word.carry,
    word.slippage,
    word.path,
    word.limit,
    word.volume,
    word.latency,
    word.touch,
    word.hedging,
    word.profile,
    keyword.on,
    word.bars,
    word.assert,
  ],
  keyword.return,
]);

const tightBefore: ReadonlySet<TokenType> = new Set([
  ...[sign.comma, sign.colon, sign.question, sign.dot, sign.range],
  ...[sign.rightParenthesis, sign.rightBracket, sign.leftBracket],
]);
const tightBehind: ReadonlySet<TokenType> = new Set([
  ...[sign.leftParenthesis, sign.leftBracket, sign.dot, sign.range],
]);

/** A whole file. */
export function printFile(tree: CstNode, comments: Comments): Document {
  return new Printer(comments).file(childrenOf(tree));
}

/** Prints tokens in the order of the text, each once. */
class Printer {
  /** No blank before the next token. */
  private isTight = false;

  constructor(private readonly comments: Comments) {}

  file(children: readonly Child[]): Document {
    const items = this.items("file", children, this.comments.end);
    return aligned(items, Symbol("file")).map((each, i) => [
      i === 0 ? "" : hardLine(items[i].isAfterBlank),
      each,
    ]);
  }

  /** The statements before `end`, and the comments that no statement comes after. */
  private items(rule: string, children: readonly Child[], end: number): readonly Item[] {
    const isFirst = ({ key, of }: Child): boolean =>
      isNode(of) ? of.name !== "expression" : key === of.tokenType.name && clauseStarts.has(of.tokenType);
    const items = cutBefore(children, isFirst).map((each) => ({
      ...this.commentsBefore(spanOf(each[0]).start),
      cells: this.statement(rule, each),
    }));
    const last = this.commentsBefore(end);
    return last.isThere ? [...items, { ...last, cells: [] }] : items;
  }

  /** Those before a statement or brace, each with its line; the one thing that knows of empty lines. */
  private commentsBefore(start: number): Omit<Item, "cells"> & { readonly isThere: boolean } {
    const found = this.comments.takeBefore(start);
    const blanks = [...found.map((each) => each.isAfterBlank), this.comments.isAfterBlank(start)];
    const isLast = start === this.comments.end;
    return {
      isThere: found.length > 0,
      isAfterBlank: blanks[0],
      comments: found.map((each, i) => [
        each,
        isLast && i === found.length - 1 ? "" : hardLine(blanks[i + 1]),
      ]),
    };
  }

  /** A statement as one document, or as its columns. */
  private statement(holder: string, given: readonly Child[]): readonly Document[] {
    let [rule, children] = [holder, given];
    for (let inner = innerStatement(children); inner !== undefined; inner = innerStatement(children)) {
      rule = inner.name;
      children = children.flatMap((each) => (each.of === inner ? childrenOf(inner) : each));
    }
    if (rule === "table") return [this.table(children)];
    if (rule === "universe") return [this.symbols(children)];
    if (rule === "param") {
      const parts = children.flatMap((each) =>
        isNode(each.of) && each.of.name === "interval" ? childrenOf(each.of) : [each],
      );
      return cutBefore(parts, ({ key }) => parameterColumns.has(key)).map((each) => this.row(rule, each));
    }
    if (clauseRules.has(holder) && children.length > 1)
      return [this.row(rule, children.slice(0, 1)), this.row(rule, children.slice(1))];
    return [this.whole(rule, children)];
  }

  /** A statement with its blocks. */
  private whole(rule: string, children: readonly Child[]): Document {
    const at = children.findIndex((each) => isActions(each) || (isOpening(each) && !literalRules.has(rule)));
    if (at < 0) return group(this.row(rule, children));
    const head = [group(this.row(rule, children.slice(0, at))), margin];
    const { of } = children[at];
    if (!isNode(of)) return [...head, this.block(rule, children.slice(at))];
    const actions = this.block(of.name, childrenOf(of));
    const rest = children.slice(at + 1);
    return [...head, actions, ...(rest.length === 0 ? [] : [margin, this.whole(rule, rest)])];
  }

  /** Braces with statements: on one line where their author had them so and they fit, but never a whole strategy. */
  private block(rule: string, children: readonly Child[]): Document {
    const [open, close] = [children[0], children[children.length - 1]];
    const isOneLine = rule !== "strategy" && lineOf(open) === lineOf(close);
    const name = Symbol(rule);
    const first = this.child(open, rule);
    const items = this.items(rule, children.slice(1, -1), spanOf(close).start);
    if (items.length === 0) {
      this.isTight = true;
      return [first, this.child(close, rule)];
    }
    const between = (i: number): Document =>
      i === 0 ? line(1) : isOneLine ? line(2) : hardLine(items[i].isAfterBlank);
    const body = aligned(items, name).map((each, i) => [between(i), each]);
    return group([first, indent(2, body), line(1), this.child(close, rule)], !isOneLine, name);
  }

  /** Symbols one after the other, as many on a line as fit. */
  private symbols(children: readonly Child[]): Document {
    const [first, ...rest] = cutBefore(children, ({ key }) => key === "StringLiteral");
    const row = (part: readonly Child[]): Document => this.row("universe", part);
    return [row(first), ...rest.map((part) => group(indent(continuation, [line(1), row(part)])))];
  }

  /** Bars as rows of numbers, the columns flush right. */
  private table(children: readonly Child[]): Document {
    const columns = children.filter(({ key }) => key === "column");
    const cells = children.filter(({ key }) => key === "column" || key === "cell");
    const rows = Array.from({ length: Math.ceil(cells.length / columns.length) }, (_, i) =>
      cells.slice(i * columns.length, (i + 1) * columns.length),
    );
    const widthOf = (child: Child): number => spanOf(child).end - spanOf(child).start;
    const widths = columns.map((_, i) =>
      rows.reduce((most, row) => Math.max(most, i < row.length ? widthOf(row[i]) : 0), 0),
    );
    const head = this.row("table", children.slice(0, children.indexOf(columns[0])));
    const body = rows.map((row, i) => {
      const { comments, isAfterBlank } = this.commentsBefore(spanOf(row[0]).start);
      const printed = row.map((each, column) => {
        const blanks = widths[column] - widthOf(each);
        this.isTight = column === 0;
        return [column === 0 ? " ".repeat(blanks) : space(blanks + 1), this.child(each, "table")];
      });
      return [hardLine(i > 0 && isAfterBlank), comments, printed];
    });
    const close = children[children.length - 1];
    const { comments, isThere, isAfterBlank } = this.commentsBefore(spanOf(close).start);
    const last = isThere ? [hardLine(isAfterBlank), comments] : [];
    return [head, indent(2, [...body, last]), hardLine(), this.child(close, "table")];
  }

  /** One after the other, with the brackets among them. */
  private row(rule: string, children: readonly Child[]): readonly Document[] {
    const parts: Document[] = [];
    for (let i = 0; i < children.length; i++) {
      const child = children[i];
      const closing = closings.get(child.key);
      if (closing !== undefined && (child.key !== "LeftBrace" || literalRules.has(rule))) {
        const end = children.findIndex(({ key }, at) => at > i && key === closing);
        parts.push(this.list(rule, children.slice(i, end + 1)));
        i = end;
      } else if (i > 0 && startsLine(child, children[i - 1]))
        parts.push(indent(continuation, [line(1), this.child(child, rule)]));
      else if (i > 0 && assigningRules.has(rule) && isOperation(child) && children[i - 1].key === "Assign")
        parts.push(group(indent(continuation, [line(1), this.operation(childrenOf(child.of), 0)])));
      else parts.push(this.child(child, rule));
    }
    return parts;
  }

  /** Brackets with commas in them: on one line if they fit, else one entry a line. */
  private list(rule: string, children: readonly Child[]): Document {
    const [open, close] = [children[0], children[children.length - 1]];
    const isBraced = open.key === "LeftBrace";
    const first = this.child(open, rule);
    const entries = cutBefore(children.slice(1, -1), ({ key }) => key === "Comma").flatMap((part, i) => {
      const entry = i === 0 ? part : part.slice(1);
      return entry.length === 0 ? [] : [entry];
    });
    const commas = children.filter(({ key }) => key === "Comma");
    const body = entries.map((entry, i) => {
      const before = line(i > 0 || isBraced ? 1 : 0);
      const behind = this.commentsBehind(entry[entry.length - 1], commas.at(i));
      const isLast = i === entries.length - 1;
      const comma = !isLast ? "," : literalRules.get(rule)?.mayTrail === true ? ifBroken(",") : "";
      return [before, this.row(rule, entry), comma, behind];
    });
    const last = this.comments.takeBefore(spanOf(close).start);
    const isEmpty = entries.length === 0 && last.length === 0;
    if (isEmpty) this.isTight = true;
    const end = isEmpty ? "" : line(isBraced ? 1 : 0);
    return group([
      first,
      indent(2, [...body, ...last.map((each) => [hardLine(), each])]),
      end,
      this.child(close, rule),
    ]);
  }

  /** A comment behind an entry goes behind its comma, whether there was one or not. */
  private commentsBehind(entry: Child, comma: Child | undefined): Document {
    const found = [...this.comments.takeBehind(spanOf(entry).end)];
    if (comma !== undefined) {
      const { start, end } = spanOf(comma);
      found.push(...this.comments.takeBefore(start), ...this.comments.takeBehind(end));
    }
    return found.map((each, i) => [i === 0 && each.isTrailing ? "" : hardLine(), each]);
  }

  private child({ key, of }: Child, rule: string): Document {
    return isNode(of) ? this.node(of) : this.token(of, key, rule);
  }

  private node(of: CstNode): Document {
    const children = childrenOf(of);
    switch (of.name) {
      case "expression":
        return this.operation(children);
      case "conditional":
        return group(this.conditional(children));
      case "loop": {
        const body = children.length - 1;
        const head = this.row("loop", children.slice(0, body));
        return group([...head, indent(continuation, [line(1), this.child(children[body], "loop")])]);
      }
      default:
        return this.row(of.name, children);
    }
  }

  /** Operands and operators by turns; the loosest operators break first, each at the start of its line. */
  private operation(children: readonly Child[], further = continuation): Document {
    if (children.length === 1) return this.child(children[0], "expression");
    const loosest = Math.min(...children.map(precedenceOf));
    const [first, ...rest] = cutBefore(children, (each) => precedenceOf(each) === loosest);
    const start = this.operation(first);
    return group([
      first.length > 1 ? indent(continuation, start) : start,
      ...rest.map(([operator, ...operand]) =>
        indent(further, [line(1), this.child(operator, "expression"), this.operation(operand)]),
      ),
    ]);
  }

  /** An `else if` goes on with the chain and not further in. */
  private conditional(children: readonly Child[]): readonly Document[] {
    const [head, first, second] = cutBefore(children, ({ key }) => key.startsWith("Keyword_"));
    const condition = this.row("conditional", head);
    const then = indent(continuation, [line(1), this.row("conditional", first)]);
    const otherwise = this.child(second[0], "conditional");
    const inner = soleConditional(second[1]);
    const [next, ...further] =
      inner === undefined ? this.row("conditional", second.slice(1)) : this.conditional(childrenOf(inner));
    return [group([...condition, then]), indent(continuation, [line(1), otherwise, next]), ...further];
  }

  private token(token: IToken, key: string, rule: string): Document {
    const { tokenType, image } = token;
    const { start, end } = tokenSpan(token);
    const isCall = tokenType === sign.leftParenthesis && callRules.has(rule);
    const blank = this.isTight || isCall || tightBefore.has(tokenType) ? "" : space(1);
    this.isTight = tightBehind.has(tokenType) || (key === "prefix" && tokenType === sign.minus);
    return [...this.comments.takeBefore(start), blank, image, ...this.comments.takeBehind(end)];
  }
}

/** Their parenthesis follows the name at once. */
const callRules: ReadonlySet<string> = new Set(["callArguments", "function", "weight"]);

const closings: ReadonlyMap<string, string> = new Map([
  ["LeftParenthesis", "RightParenthesis"],
  ["LeftBrace", "RightBrace"],
]);

const isOpening = ({ key }: Child): boolean => key === "LeftBrace";
const isActions = ({ of }: Child): boolean => isNode(of) && of.name === "actions";
const lineOf = ({ of }: Child): number | undefined => (isNode(of) ? undefined : of.startLine);

const isOperation = (child: Child): child is Child & { readonly of: CstNode } =>
  isNode(child.of) && child.of.name === "expression" && (child.of.children["operator"]?.length ?? 0) > 0;

/** In a long head of a statement, its condition has a line of its own. */
const startsLine = ({ key }: Child, before: Child): boolean =>
  key === "Word_reset" || (key === "Keyword_when" && before.key !== "Word_reset");

function innerStatement(children: readonly Child[]): CstNode | undefined {
  const last = children.at(-1)?.of;
  return last !== undefined && isNode(last) && statementRules.has(last.name) ? last : undefined;
}

/** Infinite for an operand. */
function precedenceOf({ of }: Child): number {
  if (!isNode(of) || of.name !== "operator") return Infinity;
  const symbol = childrenOf(of).flatMap((each) => (isNode(each.of) ? [] : each.of.image));
  return operators.get(symbol.join(" "))?.precedence ?? Infinity;
}

/** The `if` that a branch consists of. */
function soleConditional({ of }: Child): CstNode | undefined {
  let node = of;
  while (isNode(node)) {
    if (node.name === "conditional") return node;
    const children = childrenOf(node);
    if (children.length !== 1) return undefined;
    node = children[0].of;
  }
  return undefined;
}

import type { CstNode } from "chevrotain";
import type { ImportDeclaration, Item, Name, StrategyDeclaration } from "../ast.js";
import { nodeSpan, tokenSpan } from "../span.js";
import { lowerDeclaration } from "./declaration.js";
import { isWhole, nameOf, node, nodes, token, unquote, type Damage } from "./tree.js";

/**
 * CST → AST: this folder alone knows the shapes of Chevrotain's tree. A declaration or a clause that could not be read to its end is left
 * out: the parser has reported it already.
 */

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

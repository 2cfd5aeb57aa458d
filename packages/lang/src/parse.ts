import type { CstNode, IRecognitionException, IToken } from "chevrotain";
import type { Expression, ImportDeclaration, Item, Name, StrategyDeclaration } from "./ast.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { translate } from "./foreign.js";
import { layOut } from "./layout.js";
import { beyondLimits } from "./limits.js";
import { expressionIn } from "./lower/expression.js";
import { lowerFile } from "./lower/file.js";
import { theParser, theRecoveringParser, type BitFeverParser } from "./parser.js";
import { printable } from "./printable.js";
import type { Source } from "./source.js";
import { tokenSpan } from "./span.js";
import { syntaxError } from "./syntax-error.js";
import { BrokenString, keyword, tokenize, Unknown } from "./tokens.js";

export interface ParsedFile {
  readonly edition: Name | null;
  readonly imports: readonly ImportDeclaration[];
  readonly items: readonly Item[];
  readonly strategy: StrategyDeclaration | null;
  /** Names that a declaration introduces, also one that could not be read. */
  readonly declared: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Text → AST, as far as it can be read. */
export function parseFile(source: Source): ParsedFile {
  const { tokens: scanned, diagnostics } = scan(source);
  const { tokens, declared, starts, diagnostics: ofLayout } = layOut(scanned);
  const { tree, damage, diagnostics: ofSyntax } = read(source, tokens, (parser) => parser.file());
  return {
    ...(tree === null ? { edition: null, imports: [], items: [], strategy: null } : lowerFile(tree, damage)),
    declared,
    diagnostics: withoutEchoes([...diagnostics, ...ofLayout], ofSyntax, starts),
  };
}

export function parseExpression(source: Source): {
  expression: Expression | null;
  diagnostics: readonly Diagnostic[];
} {
  const { tokens, diagnostics } = scan(source);
  const { tree, diagnostics: ofSyntax } = read(source, tokens, (parser) => parser.soleExpression());
  const all = withoutEchoes(diagnostics, ofSyntax, []);
  return {
    expression: tree === null || all.length > 0 ? null : expressionIn(tree, "expression"),
    diagnostics: all,
  };
}

interface Scanned {
  readonly tokens: readonly IToken[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Text → tokens. What is of no use to anybody becomes a token too, so that the parser stops there and nowhere else. */
function scan(source: Source): Scanned {
  const { tokens: lexed, errors } = tokenize(source.text);
  const { tokens, diagnostics: foreign } = translate(lexed, source);
  const unknown = errors.map(({ offset, length }): IToken => ({
    image: source.text.slice(offset, offset + length),
    startOffset: offset,
    endOffset: offset + length - 1,
    tokenType: Unknown,
    tokenTypeIdx: Unknown.tokenTypeIdx ?? 0,
  }));
  const all =
    unknown.length === 0 ? tokens : [...tokens, ...unknown].sort((a, b) => a.startOffset - b.startOffset);
  const diagnostics = all.flatMap((token) => {
    if (token.tokenType === Unknown) return unknownCharacters(token);
    if (token.tokenType === BrokenString) return brokenText(token);
    return [];
  });
  return { tokens: all, diagnostics: [...foreign, ...diagnostics] };
}

const habits: Readonly<Record<string, string>> = {
  "%": "a percentage is written without a blank, `20%`; the sign has no other meaning",
  "?": "a choice is written `if condition then value else value`",
  "'": 'texts stand in double quotes: `"…"`',
};

function unknownCharacters(token: IToken): Diagnostic {
  const hint = new Map(Object.entries(habits)).get(token.image.trim());
  return diagnostic("BF1001", tokenSpan(token), { found: printable(token.image.trim(), 24) }, { hint });
}

function brokenText(token: IToken): Diagnostic {
  const isOpen = !token.image.endsWith('"') || token.image.length === 1;
  const problem = isOpen ? "this text has no closing quote" : "this text has a `\\` that means nothing";
  const hint = isOpen
    ? "a text ends on the line on which it starts"
    : 'behind a `\\` stands `"`, `\\`, `n` or `t`';
  return diagnostic("BF1007", tokenSpan(token), { problem }, { hint });
}

/** Nobody reads more of them at once, and each costs a walk over the tokens. */
const mostErrors = 100;

interface ReadTree {
  /** Null when the text goes beyond what can be read at all. */
  readonly tree: CstNode | null;
  /** Where productions end that an error follows at once: they are not what their author meant. */
  readonly damage: readonly number[];
  readonly diagnostics: readonly Diagnostic[];
}

function read(
  source: Source,
  tokens: readonly IToken[],
  rule: (parser: BitFeverParser) => CstNode,
): ReadTree {
  const beyond = beyondLimits(tokens);
  if (beyond !== undefined) return { tree: null, damage: [], diagnostics: [beyond] };
  const parsed = parse(theParser(), tokens, rule);
  // Most programs have no error, and what it takes to go on after one is made for those that have.
  const { tree, errors: found } =
    parsed.errors.length === 0 ? parsed : parse(theRecoveringParser(), tokens, rule);
  const errors = found.slice(0, mostErrors).map((error) => {
    const at = tokens.indexOf(error.token);
    return { error, before: at < 0 ? tokens.at(-1) : tokens[at - 1] };
  });
  return {
    tree,
    damage: errors.flatMap(({ before }) => (before ? tokenSpan(before).end : [])),
    diagnostics: errors.map(({ error, before }) => syntaxError(error, before, tokens, source)),
  };
}

function parse(
  parser: BitFeverParser,
  tokens: readonly IToken[],
  rule: (parser: BitFeverParser) => CstNode,
): { readonly tree: CstNode; readonly errors: readonly IRecognitionException[] } {
  parser.input = [...tokens];
  return { tree: rule(parser), errors: parser.errors };
}

/** Of several messages about one declaration, those that follow from another are left out. */
function withoutEchoes(
  first: readonly Diagnostic[],
  syntax: readonly Diagnostic[],
  starts: readonly IToken[],
): readonly Diagnostic[] {
  if (syntax.length === 0) return first;
  const declarationOf = ({ span }: Diagnostic): number =>
    starts.findLastIndex((each) => each.startOffset < span.start);
  // What cannot be read at all explains the syntax error behind it; a syntax error explains a brace that is left over.
  const unreadable = first.filter((each) => each.code === "BF1001" || each.code === "BF1007");
  const explained = new Set(unreadable.map(declarationOf));
  const remaining = syntax.filter((each) => !explained.has(declarationOf(each)));
  const wrong = new Set(remaining.map(declarationOf));
  return [
    ...first.filter((each) => each.code !== "BF1009" || !wrong.has(declarationOf(each))),
    ...remaining.filter((each, i) => {
      const at = declarationOf(each);
      // The clauses of an order are read one by one; in anything else the second slip mostly comes of the first.
      const isOrder = starts[at]?.tokenType === keyword.enter || starts[at]?.tokenType === keyword.exit;
      return isOrder || at < 0 || remaining.findIndex((other) => declarationOf(other) === at) === i;
    }),
  ];
}

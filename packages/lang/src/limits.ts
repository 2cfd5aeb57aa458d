import { tokenMatcher, type IToken, type TokenType } from "chevrotain";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { tokenSpan } from "./span.js";
import { BinaryOperator, declarationKeywords, keyword, sign } from "./tokens.js";

/**
 * How deep brackets and `if`s may nest, how many operators one declaration (or one action of a state) may have, how
 * many declarations a file, how deep functions may call one another, of how many single values a record may be made,
 * and of how many parts a value in a loop. Far above what anybody writes by hand, and far below what a thread's stack
 * and memory can take: the stages after this one walk trees by recursion, and put functions in where they are called.
 */
export const limits = {
  nesting: 64,
  operators: 500,
  declarations: 50_000,
  calls: 64,
  parts: 1_000,
  loop: 2_000,
} as const;

const opens: ReadonlySet<TokenType> = new Set([sign.leftParenthesis, sign.leftBracket, sign.leftBrace]);
const closes: ReadonlySet<TokenType> = new Set([sign.rightParenthesis, sign.rightBracket, sign.rightBrace]);
const deepens: ReadonlySet<TokenType> = new Set([keyword.not, keyword.crosses, sign.leftBracket, sign.dot]);
const declarationStarts: ReadonlySet<TokenType> = new Set(declarationKeywords);

/** The first place that goes beyond a limit; undefined as a rule. */
export function beyondLimits(tokens: readonly IToken[]): Diagnostic | undefined {
  /** Brackets that are open, each with the number of `if`s in it so far. */
  let ifs: number[] = [0];
  let nesting = 0;
  let operators = 0;
  let declarations = 0;
  for (const token of tokens) {
    const type = token.tokenType;
    if (declarationStarts.has(type)) {
      ifs = [0];
      nesting = 0;
      operators = 0;
      declarations++;
    } else if (type === keyword.set || type === keyword.when) {
      operators = 0;
    } else if (opens.has(type)) {
      ifs.push(0);
      nesting++;
    } else if (closes.has(type) && ifs.length > 1) {
      nesting -= 1 + (ifs.pop() ?? 0);
    } else if (type === keyword.if) {
      ifs[ifs.length - 1]++;
      nesting++;
    }
    if (tokenMatcher(token, BinaryOperator) || deepens.has(type)) operators++;
    const what =
      nesting > limits.nesting
        ? `brackets and \`if\`s nested more than ${limits.nesting} deep`
        : operators > limits.operators
          ? `a declaration with more than ${limits.operators} operators`
          : declarations > limits.declarations
            ? `a file of more than ${limits.declarations} declarations`
            : undefined;
    if (what !== undefined) return diagnostic("BF1006", tokenSpan(token), { what });
  }
  return undefined;
}

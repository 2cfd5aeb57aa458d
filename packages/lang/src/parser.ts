import { CstParser, tokenMatcher, type IParserErrorMessageProvider, type TokenType } from "chevrotain";
import {
  BinaryOperator,
  Interval,
  keyword,
  NameToken,
  NumberLiteral,
  Percent,
  sign,
  StrategyEnd,
  StringLiteral,
  vocabulary,
  word,
} from "./tokens.js";

const describe = (token: TokenType): string => token.LABEL ?? token.name;

/** What a syntax error knows. Chevrotain carries one text per error, so it travels as JSON. */
export interface Expectation {
  /** What could have stood there, as people write it. */
  readonly expected: readonly string[];
  /** The production that was being read. */
  readonly rule: string;
}

const carry = (expected: readonly TokenType[], rule: string): string =>
  JSON.stringify({ expected: [...new Set(expected.map(describe))], rule } satisfies Expectation);

const starts = (paths: readonly (readonly TokenType[])[]): TokenType[] =>
  paths.map((path) => path[0]).filter((token) => token !== undefined);

const errorMessageProvider: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) => carry([expected], ruleName),
  buildNotAllInputParsedMessage: ({ ruleName }) => carry([], ruleName),
  buildNoViableAltMessage: ({ expectedPathsPerAlt, ruleName }) =>
    carry(starts(expectedPathsPerAlt.flat()), ruleName),
  buildEarlyExitMessage: ({ expectedIterationPaths, ruleName }) =>
    carry(starts(expectedIterationPaths), ruleName),
};

/**
 * Only declarations and the clauses of an entry are places to go on after an error: further in, what follows would be
 * read as something it is not.
 */
const inner = { resyncEnabled: false };

/**
 * The grammar, one rule per production, in the order a program is written. Expressions are one flat rule; `lower.ts`
 * climbs the precedences of `operators.ts`. Newlines mean nothing: each declaration starts with a keyword.
 */
class BitFeverParser extends CstParser {
  constructor() {
    super(vocabulary, {
      recoveryEnabled: true,
      nodeLocationTracking: "onlyOffset",
      maxLookahead: 2,
      errorMessageProvider,
    });
    this.performSelfAnalysis();
  }

  /** Only a brace is ever made up during recovery: anything else that is invented or left out breeds further errors. */
  protected override canTokenTypeBeInsertedInRecovery(token: TokenType): boolean {
    return token === sign.rightBrace || token === StrategyEnd;
  }

  protected override canTokenTypeBeDeletedInRecovery(): boolean {
    return false;
  }

  readonly file = this.RULE("file", () => {
    this.OPTION(() => {
      this.CONSUME(keyword.edition);
      this.CONSUME(NumberLiteral);
    });
    this.SUBRULE(this.strategy);
  });

  readonly soleExpression = this.RULE("soleExpression", () => {
    this.SUBRULE(this.expression);
  });

  readonly strategy = this.RULE("strategy", () => {
    this.CONSUME(keyword.strategy);
    this.CONSUME(StringLiteral);
    this.OPTION(() => {
      this.CONSUME(keyword.on);
      this.CONSUME(Interval);
    });
    this.CONSUME(sign.leftBrace);
    this.MANY(() => {
      this.SUBRULE(this.declaration);
    });
    this.CONSUME(StrategyEnd);
  });

  readonly declaration = this.RULE("declaration", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.param) },
      { ALT: () => this.SUBRULE(this.require) },
      { ALT: () => this.SUBRULE(this.let) },
      { ALT: () => this.SUBRULE(this.costs) },
      { ALT: () => this.SUBRULE(this.enter) },
      { ALT: () => this.SUBRULE(this.exit) },
    ]);
  });

  readonly param = this.RULE(
    "param",
    () => {
      this.CONSUME(keyword.param);
      this.CONSUME(NameToken);
      this.CONSUME(sign.colon);
      this.CONSUME2(NameToken, { LABEL: "type" });
      this.CONSUME(sign.assign);
      this.SUBRULE(this.expression, { LABEL: "default" });
      this.OPTION(() => {
        this.CONSUME(keyword.in);
        this.OR([{ ALT: () => this.SUBRULE(this.choices) }, { ALT: () => this.SUBRULE(this.interval) }]);
      });
    },
    inner,
  );

  readonly choices = this.RULE(
    "choices",
    () => {
      this.CONSUME(sign.leftBrace);
      this.AT_LEAST_ONE_SEP({ SEP: sign.comma, DEF: () => this.SUBRULE(this.expression) });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly interval = this.RULE(
    "interval",
    () => {
      this.SUBRULE(this.expression, { LABEL: "from" });
      this.CONSUME(sign.range);
      this.SUBRULE2(this.expression, { LABEL: "to" });
      this.OPTION(() => {
        this.CONSUME(word.step);
        this.SUBRULE3(this.expression, { LABEL: "step" });
      });
      this.OPTION2(() => {
        this.CONSUME(word.log);
      });
    },
    inner,
  );

  readonly require = this.RULE(
    "require",
    () => {
      this.CONSUME(keyword.require);
      this.SUBRULE(this.expression);
    },
    inner,
  );

  readonly let = this.RULE(
    "let",
    () => {
      this.CONSUME(keyword.let);
      this.CONSUME(NameToken);
      this.CONSUME(sign.assign);
      this.SUBRULE(this.expression);
    },
    inner,
  );

  readonly costs = this.RULE(
    "costs",
    () => {
      this.CONSUME(keyword.costs);
      this.CONSUME(sign.leftBrace);
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              this.CONSUME(word.commission);
              this.SUBRULE(this.expression, { LABEL: "commission" });
            },
          },
          {
            ALT: () => {
              this.CONSUME(word.slippage);
              this.SUBRULE2(this.expression, { LABEL: "slippage" });
            },
          },
        ]);
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly enter = this.RULE(
    "enter",
    () => {
      this.CONSUME(keyword.enter);
      this.OR([{ ALT: () => this.CONSUME(word.long) }, { ALT: () => this.CONSUME(word.short) }]);
      this.OPTION(() => {
        this.CONSUME(StringLiteral);
      });
      this.CONSUME(keyword.when);
      this.SUBRULE(this.expression);
      this.OPTION2(() => {
        this.CONSUME(sign.leftBrace);
        this.MANY(() => {
          this.SUBRULE(this.orderClause);
        });
        this.CONSUME(sign.rightBrace);
      });
    },
    inner,
  );

  readonly orderClause = this.RULE("orderClause", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.size) },
      {
        ALT: () => {
          this.CONSUME(word.stop);
          this.CONSUME(word.at);
          this.SUBRULE(this.expression, { LABEL: "stopPrice" });
        },
      },
      {
        ALT: () => {
          this.CONSUME(word.target);
          this.CONSUME2(word.at);
          this.SUBRULE2(this.expression, { LABEL: "targetPrice" });
        },
      },
      { ALT: () => this.CONSUME(word.unprotected) },
    ]);
  });

  readonly size = this.RULE(
    "size",
    () => {
      this.CONSUME(word.size);
      this.SUBRULE(this.expression, { LABEL: "size" });
      this.OPTION(() => {
        this.CONSUME(word.of);
        this.CONSUME(word.equity);
      });
      this.OPTION2(() => {
        this.CONSUME(word.capped);
        this.SUBRULE2(this.expression, { LABEL: "cap" });
        this.CONSUME2(word.of);
        this.CONSUME2(word.equity);
      });
    },
    inner,
  );

  readonly exit = this.RULE(
    "exit",
    () => {
      this.CONSUME(keyword.exit);
      this.OPTION(() => {
        this.OR([{ ALT: () => this.CONSUME(word.long) }, { ALT: () => this.CONSUME(word.short) }]);
      });
      this.OPTION2(() => {
        this.CONSUME(StringLiteral);
      });
      this.CONSUME(keyword.when);
      this.SUBRULE(this.expression);
    },
    inner,
  );

  readonly expression = this.RULE(
    "expression",
    () => {
      this.SUBRULE(this.operand);
      this.MANY(() => {
        this.SUBRULE(this.operator);
        this.SUBRULE2(this.operand);
      });
    },
    inner,
  );

  readonly operator = this.RULE(
    "operator",
    () => {
      this.OR([
        { ALT: () => this.CONSUME(BinaryOperator) },
        {
          ALT: () => {
            this.CONSUME(keyword.crosses);
            this.OR2([{ ALT: () => this.CONSUME(word.above) }, { ALT: () => this.CONSUME(word.below) }]);
          },
        },
      ]);
    },
    inner,
  );

  readonly operand = this.RULE(
    "operand",
    () => {
      this.MANY(() => {
        this.OR([
          { ALT: () => this.CONSUME(keyword.not, { LABEL: "prefix" }) },
          { ALT: () => this.CONSUME(sign.minus, { LABEL: "prefix" }) },
        ]);
      });
      this.SUBRULE(this.primary);
      this.MANY2(() => {
        this.SUBRULE(this.suffix);
      });
    },
    inner,
  );

  readonly suffix = this.RULE(
    "suffix",
    () => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(sign.leftBracket);
            this.SUBRULE(this.expression);
            this.CONSUME(sign.rightBracket);
          },
        },
        {
          ALT: () => {
            this.CONSUME(sign.dot);
            this.CONSUME(NameToken);
            // No function is called through a dot, but in other languages they are: `ta.sma(close, 20)`.
            this.OPTION(() => {
              this.SUBRULE(this.callArguments);
            });
          },
        },
      ]);
    },
    inner,
  );

  readonly primary = this.RULE(
    "primary",
    () => {
      this.OR([
        { ALT: () => this.SUBRULE(this.number) },
        { ALT: () => this.CONSUME(keyword.true) },
        { ALT: () => this.CONSUME(keyword.false) },
        { ALT: () => this.SUBRULE(this.conditional) },
        {
          ALT: () => {
            this.CONSUME(sign.leftParenthesis);
            this.SUBRULE(this.expression);
            this.CONSUME(sign.rightParenthesis);
          },
        },
        { ALT: () => this.SUBRULE(this.reference) },
      ]);
    },
    inner,
  );

  readonly number = this.RULE(
    "number",
    () => {
      this.OR([
        { ALT: () => this.CONSUME(Percent) },
        {
          ALT: () => {
            this.CONSUME(NumberLiteral);
            this.OPTION(() => {
              this.OR2([
                { ALT: () => this.CONSUME(word.bars, { LABEL: "unit" }) },
                { ALT: () => this.CONSUME(word.bar, { LABEL: "unit" }) },
                { ALT: () => this.CONSUME(word.bps, { LABEL: "unit" }) },
                { ALT: () => this.CONSUME(word.ticks, { LABEL: "unit" }) },
                { ALT: () => this.CONSUME(word.tick, { LABEL: "unit" }) },
              ]);
            });
          },
        },
      ]);
    },
    inner,
  );

  readonly conditional = this.RULE(
    "conditional",
    () => {
      this.CONSUME(keyword.if);
      this.SUBRULE(this.expression, { LABEL: "condition" });
      this.CONSUME(keyword.then);
      this.SUBRULE2(this.expression, { LABEL: "then" });
      this.CONSUME(keyword.else);
      this.SUBRULE3(this.expression, { LABEL: "else" });
    },
    inner,
  );

  readonly reference = this.RULE(
    "reference",
    () => {
      this.CONSUME(NameToken);
      this.OPTION(() => {
        this.SUBRULE(this.callArguments);
      });
    },
    inner,
  );

  readonly callArguments = this.RULE(
    "callArguments",
    () => {
      this.CONSUME(sign.leftParenthesis);
      this.MANY_SEP({ SEP: sign.comma, DEF: () => this.SUBRULE(this.argument) });
      this.CONSUME(sign.rightParenthesis);
    },
    inner,
  );

  readonly argument = this.RULE(
    "argument",
    () => {
      this.OPTION({
        GATE: () => tokenMatcher(this.LA(1), NameToken) && this.LA(2).tokenType === sign.colon,
        DEF: () => {
          this.CONSUME(NameToken);
          this.CONSUME(sign.colon);
        },
      });
      this.SUBRULE(this.expression);
    },
    inner,
  );
}

/** One parser per process: its self-analysis is the dear part, and it keeps no state between inputs. */
export const parser = new BitFeverParser();

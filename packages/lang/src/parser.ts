import {
  CstParser,
  tokenMatcher,
  type ILookaheadStrategy,
  type IParserErrorMessageProvider,
  type TokenType,
} from "chevrotain";
import { knownLookahead } from "./known-lookahead.js";
import { lookaheadPaths } from "./lookahead.generated.js";
import { once } from "./once.js";
import {
  BinaryOperator,
  Interval,
  keyword,
  NameToken,
  NumberLiteral,
  Percent,
  sign,
  statement,
  StrategyEnd,
  StringLiteral,
  TimeOfDay,
  vocabulary,
  word,
} from "./tokens.js";
import { weightingNames } from "./weightings.js";

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

const maxLookahead = 2;

/**
 * The grammar, one rule per production, in the order a program is written. Expressions are one flat rule; `lower/`
 * climbs the precedences of `operators.ts`. Newlines mean nothing: each declaration starts with a keyword.
 */
export class BitFeverParser extends CstParser {
  /**
   * @param recovers     whether it goes on after an error
   * @param isValidated  looks for ambiguities, which the tests do once for all
   */
  constructor({
    recovers,
    isValidated = false,
    lookahead = knownLookahead(lookaheadPaths, vocabulary, maxLookahead),
  }: {
    readonly recovers: boolean;
    readonly isValidated?: boolean;
    readonly lookahead?: ILookaheadStrategy;
  }) {
    super(vocabulary, {
      recoveryEnabled: recovers,
      nodeLocationTracking: "onlyOffset",
      maxLookahead,
      lookaheadStrategy: lookahead,
      skipValidations: !isValidated,
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
    this.MANY(() => {
      this.SUBRULE(this.import);
    });
    this.MANY2(() => {
      this.SUBRULE(this.item);
    });
    this.OPTION2(() => {
      this.SUBRULE(this.strategy);
    });
  });

  readonly soleExpression = this.RULE("soleExpression", () => {
    this.SUBRULE(this.expression);
  });

  readonly import = this.RULE(
    "import",
    () => {
      this.CONSUME(keyword.import);
      this.CONSUME(StringLiteral);
      this.CONSUME(word.as);
      this.CONSUME(NameToken);
    },
    inner,
  );

  readonly item = this.RULE("item", () => {
    this.OPTION(() => {
      this.CONSUME(statement.pub);
    });
    this.OR([
      { ALT: () => this.SUBRULE(this.type) },
      { ALT: () => this.SUBRULE(this.enum) },
      { ALT: () => this.SUBRULE(this.function) },
      { ALT: () => this.SUBRULE(this.let) },
      { ALT: () => this.SUBRULE(this.test) },
      { ALT: () => this.SUBRULE(this.property) },
    ]);
  });

  readonly strategy = this.RULE("strategy", () => {
    this.CONSUME(keyword.strategy);
    this.CONSUME(StringLiteral);
    this.OPTION(() => {
      this.CONSUME(keyword.on);
      this.CONSUME(Interval);
    });
    this.OPTION2(() => {
      this.CONSUME(word.calendar);
      this.CONSUME(NameToken);
    });
    this.CONSUME(sign.leftBrace);
    this.MANY(() => {
      this.SUBRULE(this.declaration);
    });
    this.CONSUME(StrategyEnd);
  });

  /** Made once: what is read most would else be made anew at each reading. */
  private readonly declarations = [
    { ALT: () => this.SUBRULE(this.param) },
    { ALT: () => this.SUBRULE(this.require) },
    { ALT: () => this.SUBRULE(this.let) },
    { ALT: () => this.SUBRULE(this.state) },
    { ALT: () => this.SUBRULE(this.on) },
    { ALT: () => this.SUBRULE(this.function) },
    { ALT: () => this.SUBRULE(this.type) },
    { ALT: () => this.SUBRULE(this.enum) },
    { ALT: () => this.SUBRULE(this.costs) },
    { ALT: () => this.SUBRULE(this.fills) },
    { ALT: () => this.SUBRULE(this.enter) },
    { ALT: () => this.SUBRULE(this.exit) },
    { ALT: () => this.SUBRULE(this.flatten) },
    { ALT: () => this.SUBRULE(this.cancel) },
    { ALT: () => this.SUBRULE(this.limit) },
    { ALT: () => this.SUBRULE(this.alert) },
    { ALT: () => this.SUBRULE(this.plot) },
    { ALT: () => this.SUBRULE(this.test) },
    { ALT: () => this.SUBRULE(this.property) },
    { ALT: () => this.SUBRULE(this.law) },
    { ALT: () => this.SUBRULE(this.golden) },
    { ALT: () => this.SUBRULE(this.market) },
    { ALT: () => this.SUBRULE(this.universe) },
    { ALT: () => this.SUBRULE(this.rebalance) },
    { ALT: () => this.SUBRULE(this.allow) },
  ];
  readonly declaration = this.RULE("declaration", () => {
    this.OR(this.declarations);
  });

  readonly type = this.RULE(
    "type",
    () => {
      this.CONSUME(statement.type);
      this.CONSUME(NameToken);
      this.CONSUME(sign.assign);
      this.CONSUME(sign.leftBrace);
      this.SUBRULE(this.field);
      this.MANY({
        GATE: () => this.LA(2).tokenType !== sign.rightBrace,
        DEF: () => {
          this.CONSUME(sign.comma);
          this.SUBRULE2(this.field);
        },
      });
      this.OPTION2(() => {
        this.CONSUME2(sign.comma);
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly field = this.RULE(
    "field",
    () => {
      this.CONSUME(NameToken);
      this.CONSUME(sign.colon);
      this.SUBRULE(this.typeName);
    },
    inner,
  );

  readonly typeName = this.RULE(
    "typeName",
    () => {
      this.CONSUME(NameToken);
      this.OPTION(() => {
        this.CONSUME(sign.dot);
        this.CONSUME2(NameToken);
      });
      this.OPTION2(() => {
        this.CONSUME(sign.question);
      });
    },
    inner,
  );

  readonly enum = this.RULE(
    "enum",
    () => {
      this.CONSUME(statement.enum);
      this.CONSUME(NameToken);
      this.CONSUME(sign.leftBrace);
      this.AT_LEAST_ONE_SEP({ SEP: sign.comma, DEF: () => this.CONSUME2(NameToken, { LABEL: "member" }) });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly function = this.RULE(
    "function",
    () => {
      this.CONSUME(keyword.fn);
      this.CONSUME(NameToken);
      this.OPTION(() => {
        this.CONSUME(sign.dot);
        this.CONSUME2(NameToken, { LABEL: "method" });
      });
      this.CONSUME(sign.leftParenthesis);
      this.MANY_SEP({ SEP: sign.comma, DEF: () => this.SUBRULE(this.functionParameter) });
      this.CONSUME(sign.rightParenthesis);
      this.OPTION2(() => {
        this.CONSUME(sign.arrow);
        this.SUBRULE(this.typeName);
      });
      this.OR([
        {
          ALT: () => {
            this.CONSUME(sign.assign);
            this.SUBRULE(this.expression);
          },
        },
        {
          ALT: () => {
            this.CONSUME(sign.leftBrace);
            this.MANY(() => {
              this.SUBRULE(this.definition);
            });
            this.CONSUME(keyword.return);
            this.SUBRULE2(this.expression);
            this.CONSUME(sign.rightBrace);
          },
        },
      ]);
    },
    inner,
  );

  readonly functionParameter = this.RULE(
    "functionParameter",
    () => {
      this.CONSUME(NameToken);
      this.OPTION(() => {
        this.CONSUME(sign.colon);
        this.SUBRULE(this.typeName);
      });
      this.OPTION2(() => {
        this.CONSUME(sign.assign);
        this.SUBRULE(this.expression);
      });
    },
    inner,
  );

  readonly definition = this.RULE("definition", () => {
    this.OR([{ ALT: () => this.SUBRULE(this.let) }, { ALT: () => this.SUBRULE(this.state) }]);
  });

  readonly on = this.RULE(
    "on",
    () => {
      this.CONSUME(keyword.on);
      this.OR([
        { ALT: () => this.CONSUME(Interval) },
        {
          ALT: () => {
            this.CONSUME(NameToken);
            this.OPTION(() => {
              this.CONSUME2(Interval);
            });
          },
        },
      ]);
      this.CONSUME(sign.leftBrace);
      this.MANY(() => {
        this.SUBRULE(this.definition);
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly state = this.RULE(
    "state",
    () => {
      this.CONSUME(keyword.state);
      this.CONSUME(NameToken);
      this.OPTION(() => {
        this.CONSUME(sign.colon);
        this.SUBRULE(this.typeName);
      });
      this.CONSUME(sign.assign);
      this.SUBRULE(this.expression);
      this.CONSUME(word.reset);
      this.OR([
        { ALT: () => this.CONSUME(word.session) },
        { ALT: () => this.CONSUME(word.week) },
        { ALT: () => this.CONSUME(word.month) },
        { ALT: () => this.CONSUME(word.never) },
        {
          ALT: () => {
            this.CONSUME(keyword.when);
            this.SUBRULE2(this.expression, { LABEL: "resetWhen" });
          },
        },
      ]);
      this.SUBRULE(this.actions);
    },
    inner,
  );

  readonly actions = this.RULE(
    "actions",
    () => {
      this.CONSUME(sign.leftBrace);
      this.MANY(() => {
        this.SUBRULE(this.action);
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly action = this.RULE(
    "action",
    () => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(keyword.set);
            this.CONSUME(NameToken);
            this.CONSUME(sign.assign);
            this.SUBRULE(this.expression);
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword.when);
            this.SUBRULE2(this.expression, { LABEL: "condition" });
            this.SUBRULE(this.actions);
            this.OPTION(() => {
              this.CONSUME(keyword.else);
              this.SUBRULE2(this.actions, { LABEL: "otherwise" });
            });
          },
        },
      ]);
    },
    inner,
  );

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
        // Nobody searches a range of records: a brace opens choices.
        this.OR({
          DEF: [{ ALT: () => this.SUBRULE(this.choices) }, { ALT: () => this.SUBRULE(this.interval) }],
          IGNORE_AMBIGUITIES: true,
        });
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
      this.OR([
        {
          ALT: () => {
            this.CONSUME(NameToken);
            this.OPTION(() => {
              this.CONSUME(sign.colon);
              this.SUBRULE(this.typeName);
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(sign.leftParenthesis);
            this.AT_LEAST_ONE_SEP({
              SEP: sign.comma,
              DEF: () => this.CONSUME2(NameToken, { LABEL: "part" }),
            });
            this.CONSUME(sign.rightParenthesis);
          },
        },
      ]);
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
          {
            ALT: () => {
              this.CONSUME(word.carry);
              this.SUBRULE3(this.expression, { LABEL: "carry" });
            },
          },
        ]);
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly fills = this.RULE(
    "fills",
    () => {
      this.CONSUME(statement.fills);
      this.CONSUME(sign.leftBrace);
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              this.CONSUME(word.path);
              this.CONSUME(NameToken);
            },
          },
          {
            ALT: () => {
              this.CONSUME(word.limit);
              this.CONSUME(word.through);
              this.SUBRULE(this.expression);
            },
          },
          {
            ALT: () => {
              this.CONSUME(keyword.on);
              this.CONSUME(word.close);
            },
          },
          { ALT: () => this.CONSUME(word.hedging) },
          {
            ALT: () => {
              this.CONSUME(word.volume);
              this.SUBRULE2(this.expression, { LABEL: "volume" });
            },
          },
          {
            ALT: () => {
              this.CONSUME(word.latency);
              this.SUBRULE3(this.expression, { LABEL: "latency" });
            },
          },
          {
            ALT: () => {
              this.CONSUME(word.touch);
              this.SUBRULE4(this.expression, { LABEL: "touch" });
            },
          },
          {
            ALT: () => {
              this.CONSUME(word.profile);
              this.CONSUME2(NameToken, { LABEL: "profile" });
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
      this.OPTION2(() => {
        this.SUBRULE(this.form);
      });
      this.CONSUME(keyword.when);
      this.SUBRULE(this.expression);
      this.OPTION3(() => {
        this.CONSUME(sign.leftBrace);
        this.MANY(() => {
          this.SUBRULE(this.orderClause);
        });
        this.CONSUME(sign.rightBrace);
      });
    },
    inner,
  );

  readonly form = this.RULE(
    "form",
    () => {
      this.CONSUME(word.at);
      this.OR([
        { ALT: () => this.CONSUME(word.market) },
        { ALT: () => this.CONSUME(word.open) },
        { ALT: () => this.CONSUME(word.close) },
        {
          ALT: () => {
            this.CONSUME(word.limit);
            this.SUBRULE(this.expression, { LABEL: "limitPrice" });
            this.OPTION2(() => {
              this.CONSUME(word.post_only);
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(word.stop);
            this.SUBRULE2(this.expression, { LABEL: "stopPrice" });
            this.OPTION(() => {
              this.CONSUME2(word.limit);
              this.SUBRULE3(this.expression, { LABEL: "limitPrice" });
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(word.touched);
            this.SUBRULE4(this.expression, { LABEL: "touchPrice" });
            this.OPTION3(() => {
              this.CONSUME3(word.limit);
              this.SUBRULE5(this.expression, { LABEL: "limitPrice" });
            });
          },
        },
      ]);
    },
    inner,
  );

  readonly orderClause = this.RULE("orderClause", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.size) },
      { ALT: () => this.SUBRULE(this.stop) },
      { ALT: () => this.SUBRULE(this.target) },
      { ALT: () => this.SUBRULE(this.trail) },
      { ALT: () => this.SUBRULE(this.good) },
      {
        ALT: () => {
          this.CONSUME(word.pyramid);
          this.SUBRULE(this.expression, { LABEL: "pyramid" });
        },
      },
      {
        ALT: () => {
          this.CONSUME(word.oco);
          this.CONSUME(StringLiteral);
        },
      },
      { ALT: () => this.CONSUME(word.unprotected) },
    ]);
  });

  readonly stop = this.RULE(
    "stop",
    () => {
      this.CONSUME(word.stop);
      this.OR([
        {
          ALT: () => {
            this.CONSUME(word.at);
            this.SUBRULE(this.expression, { LABEL: "stopPrice" });
            this.OPTION(() => {
              this.CONSUME(word.limit);
              this.SUBRULE2(this.expression, { LABEL: "limitPrice" });
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(word.by);
            this.SUBRULE3(this.expression, { LABEL: "distance" });
          },
        },
      ]);
    },
    inner,
  );

  readonly target = this.RULE(
    "target",
    () => {
      this.CONSUME(word.target);
      this.OR([
        {
          ALT: () => {
            this.CONSUME(word.at);
            this.SUBRULE(this.expression, { LABEL: "targetPrice" });
          },
        },
        {
          ALT: () => {
            this.CONSUME(word.by);
            this.SUBRULE3(this.expression, { LABEL: "distance" });
          },
        },
      ]);
      this.OPTION(() => {
        this.CONSUME(word.take);
        this.SUBRULE2(this.expression, { LABEL: "share" });
      });
    },
    inner,
  );

  readonly trail = this.RULE(
    "trail",
    () => {
      this.CONSUME(word.trail);
      this.CONSUME(word.by);
      this.SUBRULE(this.expression, { LABEL: "distance" });
      this.OPTION(() => {
        this.CONSUME(word.after);
        this.SUBRULE2(this.expression, { LABEL: "after" });
        this.CONSUME(word.risk);
      });
      this.OPTION2(() => {
        this.OR([
          {
            ALT: () => {
              this.CONSUME(keyword.on);
              this.CONSUME(word.close);
            },
          },
          {
            ALT: () => {
              this.CONSUME(word.within);
              this.CONSUME(word.bar);
            },
          },
          {
            ALT: () => {
              this.CONSUME(word.each);
              this.CONSUME2(word.bar);
            },
          },
        ]);
      });
    },
    inner,
  );

  readonly good = this.RULE(
    "good",
    () => {
      this.CONSUME(word.good);
      this.OR([
        {
          ALT: () => {
            this.CONSUME(keyword.for);
            this.OR2([
              { ALT: () => this.CONSUME(word.day), GATE: () => !this.isMore() },
              { ALT: () => this.SUBRULE(this.expression) },
            ]);
          },
        },
        {
          ALT: () => {
            this.CONSUME(word.till);
            this.OR3([
              { ALT: () => this.CONSUME(word.cancelled), GATE: () => !this.isMore() },
              { ALT: () => this.SUBRULE2(this.expression, { LABEL: "until" }) },
            ]);
          },
        },
        { ALT: () => this.CONSUME(word.ioc) },
        { ALT: () => this.CONSUME(word.fok) },
      ]);
    },
    inner,
  );

  readonly size = this.RULE(
    "size",
    () => {
      this.CONSUME(word.size);
      this.OPTION3({
        GATE: () => tokenMatcher(this.LA(1), word.worth) && this.LA(2).image !== "(",
        DEF: () => this.CONSUME(word.worth),
      });
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
      this.OPTION3(() => {
        this.SUBRULE(this.form);
      });
      this.CONSUME(keyword.when);
      this.SUBRULE(this.expression);
      this.OPTION4(() => {
        this.CONSUME(sign.leftBrace);
        this.MANY(() => {
          this.SUBRULE(this.exitClause);
        });
        this.CONSUME(sign.rightBrace);
      });
    },
    inner,
  );

  readonly exitClause = this.RULE("exitClause", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(word.take);
          this.SUBRULE(this.expression);
        },
      },
      { ALT: () => this.SUBRULE(this.good) },
    ]);
  });

  readonly flatten = this.RULE(
    "flatten",
    () => {
      this.CONSUME(statement.flatten);
      this.OPTION(() => {
        this.CONSUME(StringLiteral);
      });
      this.CONSUME(keyword.when);
      this.SUBRULE(this.expression);
    },
    inner,
  );

  readonly cancel = this.RULE(
    "cancel",
    () => {
      this.CONSUME(statement.cancel);
      this.OPTION(() => {
        this.CONSUME(StringLiteral);
      });
      this.CONSUME(keyword.when);
      this.SUBRULE(this.expression);
    },
    inner,
  );

  readonly limit = this.RULE(
    "limit",
    () => {
      this.CONSUME(statement.limit);
      this.CONSUME(NameToken);
      this.SUBRULE(this.expression);
      this.OPTION(() => {
        this.CONSUME(sign.leftBrace);
        this.CONSUME2(NameToken, { LABEL: "action" });
        this.CONSUME(sign.rightBrace);
      });
    },
    inner,
  );

  readonly alert = this.RULE(
    "alert",
    () => {
      this.CONSUME(statement.alert);
      this.CONSUME(StringLiteral);
      this.CONSUME(keyword.when);
      this.SUBRULE(this.expression);
    },
    inner,
  );

  readonly plot = this.RULE(
    "plot",
    () => {
      this.CONSUME(statement.plot);
      this.SUBRULE(this.expression);
      this.OPTION(() => {
        this.CONSUME(StringLiteral);
      });
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              this.CONSUME(word.color);
              this.CONSUME(NameToken, { LABEL: "color" });
            },
          },
          {
            ALT: () => {
              this.CONSUME(word.width);
              this.CONSUME(NumberLiteral, { LABEL: "width" });
            },
          },
          {
            ALT: () => {
              this.CONSUME(word.style);
              this.CONSUME2(NameToken, { LABEL: "style" });
            },
          },
          {
            ALT: () => {
              this.CONSUME(word.pane);
              this.CONSUME2(StringLiteral, { LABEL: "pane" });
            },
          },
        ]);
      });
    },
    inner,
  );

  readonly test = this.RULE(
    "test",
    () => {
      this.CONSUME(statement.test);
      this.CONSUME(StringLiteral);
      this.OPTION(() => {
        this.SUBRULE(this.withValues);
      });
      this.CONSUME(sign.leftBrace);
      this.MANY(() => {
        this.OR([{ ALT: () => this.SUBRULE(this.table) }, { ALT: () => this.SUBRULE(this.expectation) }]);
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly withValues = this.RULE(
    "withValues",
    () => {
      this.CONSUME(word.with);
      this.SUBRULE(this.record);
    },
    inner,
  );

  readonly table = this.RULE(
    "table",
    () => {
      this.CONSUME(word.bars);
      this.OPTION(() => {
        this.CONSUME(StringLiteral);
      });
      this.OPTION2(() => {
        this.CONSUME(Interval);
      });
      this.CONSUME(sign.leftBrace);
      this.AT_LEAST_ONE(() => {
        this.CONSUME(NameToken, { LABEL: "column" });
      });
      this.MANY(() => {
        this.OR([
          { ALT: () => this.CONSUME(NumberLiteral, { LABEL: "cell" }) },
          { ALT: () => this.CONSUME(keyword.none, { LABEL: "cell" }) },
        ]);
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly expectation = this.RULE(
    "expectation",
    () => {
      this.CONSUME(word.expect);
      this.OR([
        {
          GATE: () => this.LA(2).tokenType === sign.leftBrace,
          ALT: () => {
            this.CONSUME(word.orders);
            this.CONSUME(sign.leftBrace);
            this.MANY(() => {
              this.SUBRULE(this.expectedOrder);
            });
            this.CONSUME(sign.rightBrace);
          },
        },
        {
          ALT: () => {
            this.SUBRULE(this.expression);
            this.OPTION(() => {
              this.CONSUME(keyword.on);
              this.CONSUME(word.bar);
              this.CONSUME(NumberLiteral);
            });
            this.OPTION2(() => {
              this.CONSUME(word.of);
              this.CONSUME(StringLiteral);
            });
          },
        },
      ]);
    },
    inner,
  );

  readonly expectedOrder = this.RULE(
    "expectedOrder",
    () => {
      this.CONSUME(word.bar);
      this.CONSUME(NumberLiteral, { LABEL: "bar" });
      this.CONSUME(sign.colon);
      this.OR([{ ALT: () => this.CONSUME(word.buy) }, { ALT: () => this.CONSUME(word.sell) }]);
      this.OPTION(() => {
        this.CONSUME2(NumberLiteral, { LABEL: "quantity" });
      });
      this.OPTION2(() => {
        this.CONSUME(StringLiteral, { LABEL: "symbol" });
      });
      this.CONSUME(word.at);
      this.OR2([
        { ALT: () => this.CONSUME(word.open) },
        { ALT: () => this.CONSUME(word.close) },
        { ALT: () => this.CONSUME3(NumberLiteral, { LABEL: "price" }) },
      ]);
      this.OPTION3(() => {
        this.CONSUME(word.tag);
        this.CONSUME2(StringLiteral);
      });
    },
    inner,
  );

  readonly property = this.RULE(
    "property",
    () => {
      this.CONSUME(statement.property);
      this.CONSUME(StringLiteral);
      this.OPTION(() => {
        this.SUBRULE(this.withValues);
      });
      this.CONSUME(sign.leftBrace);
      this.OPTION2(() => {
        this.CONSUME(word.bars);
        this.CONSUME(NumberLiteral, { LABEL: "from" });
        this.CONSUME(sign.range);
        this.CONSUME2(NumberLiteral, { LABEL: "to" });
      });
      this.MANY(() => {
        this.CONSUME(word.assert);
        this.SUBRULE(this.expression);
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly law = this.RULE(
    "law",
    () => {
      this.CONSUME(statement.law);
      this.CONSUME(NameToken);
    },
    inner,
  );

  readonly golden = this.RULE(
    "golden",
    () => {
      this.CONSUME(statement.golden);
      this.CONSUME(StringLiteral);
    },
    inner,
  );

  readonly market = this.RULE(
    "market",
    () => {
      this.CONSUME(statement.market);
      this.CONSUME(StringLiteral);
      this.CONSUME(word.as);
      this.CONSUME(NameToken);
      this.OPTION(() => {
        this.CONSUME(word.calendar);
        this.CONSUME2(NameToken, { LABEL: "calendar" });
      });
    },
    inner,
  );

  readonly universe = this.RULE(
    "universe",
    () => {
      this.CONSUME(statement.universe);
      this.MANY_SEP({ SEP: sign.comma, DEF: () => this.CONSUME(StringLiteral) });
    },
    inner,
  );

  readonly rebalance = this.RULE(
    "rebalance",
    () => {
      this.CONSUME(statement.rebalance);
      this.OPTION(() => {
        this.CONSUME(StringLiteral);
      });
      this.OPTION2(() => {
        this.CONSUME(word.every);
        this.CONSUME(Interval);
      });
      this.OPTION3(() => {
        this.CONSUME(keyword.when);
        this.SUBRULE(this.expression);
      });
      this.CONSUME(sign.leftBrace);
      this.MANY(() => {
        this.SUBRULE(this.rebalanceClause);
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly rebalanceClause = this.RULE("rebalanceClause", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.hold) },
      { ALT: () => this.SUBRULE(this.weight) },
      {
        ALT: () => {
          this.CONSUME(word.exposure);
          this.SUBRULE(this.expression, { LABEL: "exposure" });
        },
      },
      {
        ALT: () => {
          this.CONSUME(word.band);
          this.SUBRULE2(this.expression, { LABEL: "band" });
        },
      },
    ]);
  });

  readonly hold = this.RULE(
    "hold",
    () => {
      this.OR([{ ALT: () => this.CONSUME(word.hold) }, { ALT: () => this.CONSUME(word.short) }]);
      this.OR2([
        { ALT: () => this.CONSUME(word.each) },
        {
          ALT: () => {
            this.OR3([{ ALT: () => this.CONSUME(word.top) }, { ALT: () => this.CONSUME(word.bottom) }]);
            this.SUBRULE(this.expression, { LABEL: "count" });
            this.CONSUME(word.by);
            this.SUBRULE2(this.expression, { LABEL: "by" });
          },
        },
      ]);
      this.OPTION(() => {
        this.CONSUME(word.where);
        this.SUBRULE3(this.expression, { LABEL: "filter" });
      });
    },
    inner,
  );

  readonly weight = this.RULE(
    "weight",
    () => {
      this.CONSUME(word.weight);
      this.OR([
        { ALT: () => this.CONSUME(word.equal) },
        {
          ALT: () => {
            this.CONSUME(word.by);
            this.SUBRULE(this.expression, { LABEL: "by" });
          },
        },
        {
          ALT: () => {
            this.CONSUME(word.at);
            this.SUBRULE2(this.expression, { LABEL: "at" });
          },
        },
        {
          ALT: () => {
            this.OR2(weightingNames.map((each) => ({ ALT: () => this.CONSUME(word[each]) })));
            this.CONSUME(sign.leftParenthesis);
            this.SUBRULE3(this.expression, { LABEL: "length" });
            this.CONSUME(sign.rightParenthesis);
            this.OPTION3(() => {
              this.CONSUME(word.shrunk);
            });
          },
        },
      ]);
      this.OPTION(() => {
        this.CONSUME(word.capped);
        this.SUBRULE4(this.expression, { LABEL: "cap" });
        this.OPTION2(() => {
          this.CONSUME(word.redistributed);
        });
      });
    },
    inner,
  );

  readonly allow = this.RULE(
    "allow",
    () => {
      this.CONSUME(statement.allow);
      this.CONSUME(NameToken);
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
        {
          ALT: () => {
            this.CONSUME(BinaryOperator);
            this.OPTION({
              GATE: () => this.LA(0).tokenType === keyword.or,
              DEF: () => this.CONSUME(keyword.else),
            });
          },
        },
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

  private readonly prefixes = [
    { ALT: () => this.CONSUME(keyword.not, { LABEL: "prefix" }) },
    { ALT: () => this.CONSUME(sign.minus, { LABEL: "prefix" }) },
  ];
  readonly operand = this.RULE(
    "operand",
    () => {
      this.MANY(() => {
        this.OR(this.prefixes);
      });
      this.SUBRULE(this.primary);
      this.MANY2(() => {
        this.SUBRULE(this.suffix);
      });
    },
    inner,
  );

  private readonly suffixes = [
    {
      ALT: () => {
        this.CONSUME(sign.leftBracket);
        this.SUBRULE(this.expression);
        this.OPTION2(() => {
          this.CONSUME(sign.range);
          this.SUBRULE2(this.expression, { LABEL: "to" });
        });
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
  ];
  readonly suffix = this.RULE(
    "suffix",
    () => {
      this.OR(this.suffixes);
    },
    inner,
  );

  private readonly primaries = [
    { ALT: () => this.SUBRULE(this.number) },
    { ALT: () => this.CONSUME(keyword.true) },
    { ALT: () => this.CONSUME(keyword.false) },
    { ALT: () => this.CONSUME(keyword.none) },
    { ALT: () => this.CONSUME(StringLiteral) },
    { ALT: () => this.CONSUME(Interval) },
    { ALT: () => this.CONSUME(TimeOfDay) },
    { ALT: () => this.SUBRULE(this.conditional) },
    { ALT: () => this.SUBRULE(this.choice) },
    { GATE: () => this.isRecord(), ALT: () => this.SUBRULE(this.record) },
    {
      ALT: () => {
        this.CONSUME(sign.leftParenthesis);
        this.AT_LEAST_ONE_SEP({ SEP: sign.comma, DEF: () => this.SUBRULE(this.expression) });
        this.CONSUME(sign.rightParenthesis);
      },
    },
    { ALT: () => this.SUBRULE(this.reference) },
  ];
  readonly primary = this.RULE(
    "primary",
    () => {
      this.OR(this.primaries);
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

  readonly choice = this.RULE(
    "choice",
    () => {
      this.CONSUME(keyword.match);
      this.SUBRULE(this.expression);
      this.CONSUME(sign.leftBrace);
      this.SUBRULE(this.case);
      this.MANY({
        GATE: () => this.LA(2).tokenType !== sign.rightBrace,
        DEF: () => {
          this.CONSUME(sign.comma);
          this.SUBRULE2(this.case);
        },
      });
      this.OPTION2(() => {
        this.CONSUME2(sign.comma);
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly case = this.RULE(
    "case",
    () => {
      this.OR([{ ALT: () => this.CONSUME(NameToken) }, { ALT: () => this.CONSUME(keyword.else) }]);
      this.CONSUME(sign.colon);
      this.SUBRULE(this.expression);
    },
    inner,
  );

  readonly record = this.RULE(
    "record",
    () => {
      this.CONSUME(sign.leftBrace);
      this.OPTION(() => {
        this.SUBRULE(this.entry);
        this.MANY({
          GATE: () => this.LA(2).tokenType !== sign.rightBrace,
          DEF: () => {
            this.CONSUME(sign.comma);
            this.SUBRULE2(this.entry);
          },
        });
        this.OPTION2(() => {
          this.CONSUME2(sign.comma);
        });
      });
      this.CONSUME(sign.rightBrace);
    },
    inner,
  );

  readonly entry = this.RULE(
    "entry",
    () => {
      this.CONSUME(NameToken);
      this.CONSUME(sign.colon);
      this.SUBRULE(this.expression);
    },
    inner,
  );

  readonly loop = this.RULE(
    "loop",
    () => {
      this.CONSUME(keyword.for);
      this.OR([
        {
          // Whole alternatives: `each` is a name too, and what follows it tells the two apart.
          ALT: () => {
            this.CONSUME(word.each);
            this.OPTION3(() => {
              this.CONSUME(word.where);
              this.SUBRULE4(this.expression, { LABEL: "filter" });
            });
            this.CONSUME(sign.colon);
            this.SUBRULE5(this.expression, { LABEL: "body" });
          },
        },
        {
          ALT: () => {
            this.CONSUME(NameToken);
            this.CONSUME(keyword.in);
            this.SUBRULE(this.expression, { LABEL: "over" });
            this.OPTION(() => {
              this.CONSUME(sign.range);
              this.SUBRULE2(this.expression, { LABEL: "to" });
            });
            this.OPTION2(() => {
              this.CONSUME(word.with);
              this.CONSUME2(NameToken, { LABEL: "accumulator" });
              this.CONSUME(sign.assign);
              this.SUBRULE3(this.expression, { LABEL: "initial" });
            });
            this.OPTION4(() => {
              this.CONSUME2(word.where);
              this.SUBRULE6(this.expression, { LABEL: "filter" });
            });
            this.CONSUME2(sign.colon);
            this.SUBRULE7(this.expression, { LABEL: "body" });
          },
        },
      ]);
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
      this.OR([{ ALT: () => this.SUBRULE(this.loop) }, { ALT: () => this.SUBRULE(this.expression) }]);
    },
    inner,
  );

  /** A brace that opens something else, where a value is missing, is no record. */
  private isRecord(): boolean {
    const isNamed = tokenMatcher(this.LA(2), NameToken) && this.LA(3).tokenType === sign.colon;
    return isNamed || this.LA(2).tokenType === sign.rightBrace;
  }

  /** Whether the next name goes on as an expression: `good for day` against `good for day + 1`. */
  private isMore(): boolean {
    const next = this.LA(2);
    return tokenMatcher(next, BinaryOperator) || next.tokenType === sign.leftParenthesis;
  }
}

/**
 * One parser per process, when there is something to read: its self-analysis is the dear part, and it keeps no state between inputs.
 * It stops at the first error.
 */
export const theParser = once(() => new BitFeverParser({ recovers: false }));

/** Goes on after an error, and reads what has none as the other does; to know where is half of its self-analysis. */
export const theRecoveringParser = once(() => new BitFeverParser({ recovers: true }));

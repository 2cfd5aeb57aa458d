import {
  EmbeddedActionsParser,
  type IParserErrorMessageProvider,
  type IToken,
  type TokenType,
} from "chevrotain";
import { once } from "../once.js";
import { shareOf, valueOf } from "./numbers.js";
import { At, inner, Money, Name, option, Percent, Quantity, Ratio, verb, vocabulary } from "./tokens.js";
import type {
  Amount,
  CloseCommand,
  CommandDuration,
  EntryForm,
  Level,
  ProfitPeriod,
  TradeCommand,
  TradingCommand,
} from "./trading-command.js";

/** The options of a command, as they were written. */
export interface Options {
  stop?: Level;
  target?: NonNullable<TradeCommand["target"]>;
  trail?: number;
  venue?: string;
  strategy?: string;
  duration?: CommandDuration;
  postOnly?: true;
  reduceOnly?: true;
}

/** A command as it was written; `ReadTrade` is checked before it is one. */
export type Written =
  | {
      readonly kind: "trade";
      readonly side: TradeCommand["side"];
      readonly symbol: string;
      readonly amount: Amount;
      readonly entry: EntryForm;
      readonly options: Options;
    }
  | {
      readonly kind: "close";
      readonly symbol: string | null;
      readonly amount: CloseCommand["amount"] | null;
      readonly price: number | null;
      readonly options: Options;
    }
  | {
      readonly kind: "cancel" | "positions" | "orders";
      readonly of: string | null;
      readonly options: Options;
    }
  | Exclude<TradingCommand, { kind: "trade" | "close" | "cancel" | "positions" | "orders" }>;

const describe = (token: TokenType): string => token.LABEL ?? token.name;
const first = (paths: readonly (readonly TokenType[])[]): readonly string[] => [
  ...new Set(paths.flatMap(([token]) => (token === undefined ? [] : [describe(token)]))),
];

/** What could have stood at a place; Chevrotain carries one text per error, so it travels as JSON. */
const errorMessageProvider: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => JSON.stringify([describe(expected)]),
  buildNotAllInputParsedMessage: () => JSON.stringify([]),
  buildNoViableAltMessage: ({ expectedPathsPerAlt }) => JSON.stringify(first(expectedPathsPerAlt.flat())),
  buildEarlyExitMessage: ({ expectedIterationPaths }) => JSON.stringify(first(expectedIterationPaths)),
};

/** The grammar of what people type at an account: a verb, what it is about, and options in any order. */
class CommandParser extends EmbeddedActionsParser {
  constructor() {
    super(vocabulary, { maxLookahead: 2, errorMessageProvider });
    this.performSelfAnalysis();
  }

  readonly command = this.RULE("command", (): Written =>
    this.OR<Written>([
      { ALT: () => this.SUBRULE(this.trade) },
      { ALT: () => this.SUBRULE(this.close) },
      { ALT: () => this.SUBRULE(this.listed) },
      { ALT: () => this.SUBRULE(this.pnl) },
      { ALT: () => this.SUBRULE(this.plain) },
      { ALT: () => this.SUBRULE(this.why) },
      { ALT: () => this.SUBRULE(this.steered) },
      { ALT: () => this.SUBRULE(this.kill) },
      { ALT: () => this.SUBRULE(this.confirm) },
      { ALT: () => this.SUBRULE(this.help) },
    ]),
  );

  private readonly trade = this.RULE("trade", (): Written => {
    const side = this.OR<TradeCommand["side"]>([
      { ALT: () => (this.CONSUME(verb.buy), "buy") },
      { ALT: () => (this.CONSUME(verb.sell), "sell") },
    ]);
    // How much of it stands before its name, for how much money behind it.
    const { symbol, amount } = this.OR2<{ symbol: string; amount: Amount }>([
      {
        ALT: () => {
          const given = this.SUBRULE(this.units);
          return { amount: given, symbol: this.CONSUME(Name).image };
        },
      },
      {
        ALT: () => {
          const name = this.CONSUME2(Name).image;
          return { symbol: name, amount: this.SUBRULE(this.money) };
        },
      },
    ]);
    const entry = this.OPTION(() => this.SUBRULE(this.entry)) ?? ({ type: "market" } satisfies EntryForm);
    const options = this.SUBRULE(this.options);
    return { kind: "trade", side, symbol, amount, entry, options };
  });

  private readonly units = this.RULE("units", (): Amount =>
    this.OR<Amount>([
      { ALT: () => ({ kind: "units", value: valueOf(this.CONSUME(Quantity)) }) },
      { ALT: () => this.SUBRULE(this.moneyOrShare) },
    ]),
  );

  private readonly money = this.RULE("money", (): Amount =>
    this.OR<Amount>([
      { ALT: () => ({ kind: "money", value: valueOf(this.CONSUME(Quantity)) }) },
      { ALT: () => this.SUBRULE(this.moneyOrShare) },
      { ALT: () => this.SUBRULE(this.risk) },
    ]),
  );

  private readonly risk = this.RULE("risk", (): Amount => {
    this.CONSUME(inner.risk);
    return this.OR<Amount>([
      { ALT: () => ({ kind: "risk", of: "money", value: valueOf(this.CONSUME(Quantity)) }) },
      { ALT: () => ({ kind: "risk", of: "money", value: valueOf(this.CONSUME(Money)) }) },
      { ALT: () => ({ kind: "risk", of: "equity", value: shareOf(this.CONSUME(Percent)) }) },
    ]);
  });

  private readonly moneyOrShare = this.RULE("moneyOrShare", (): Amount =>
    this.OR<Amount>([
      { ALT: () => ({ kind: "money", value: valueOf(this.CONSUME(Money)) }) },
      { ALT: () => ({ kind: "equity", value: shareOf(this.CONSUME(Percent)) }) },
    ]),
  );

  private readonly entry = this.RULE("entry", (): EntryForm =>
    this.OR<EntryForm>([
      {
        ALT: () => {
          this.CONSUME(At);
          return this.OR2<EntryForm>([
            { ALT: () => (this.CONSUME(inner.market), { type: "market" }) },
            {
              ALT: () => ({ type: "limit", price: valueOf(this.CONSUME(Quantity)) }),
            },
          ]);
        },
      },
      { ALT: () => (this.CONSUME2(inner.market), { type: "market" }) },
      {
        ALT: () => {
          this.CONSUME(inner.limit);
          return { type: "limit", price: valueOf(this.CONSUME2(Quantity)) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(inner.stop);
          const price = valueOf(this.CONSUME3(Quantity));
          const limit = this.OPTION(() => {
            this.CONSUME2(inner.limit);
            return valueOf(this.CONSUME4(Quantity));
          });
          return limit === undefined ? { type: "stop", price } : { type: "stop_limit", price, limit };
        },
      },
    ]),
  );

  private readonly close = this.RULE("close", (): Written => {
    this.CONSUME(verb.close);
    const symbol = this.CONSUME(Name).image;
    const amount =
      this.OPTION(() =>
        this.OR2<CloseCommand["amount"]>([
          { ALT: () => ({ kind: "share", value: shareOf(this.CONSUME(Percent)) }) },
          { ALT: () => ({ kind: "units", value: valueOf(this.CONSUME(Quantity)) }) },
        ]),
      ) ?? null;
    const price =
      this.OPTION2(() => {
        this.CONSUME(At);
        return valueOf(this.CONSUME2(Quantity));
      }) ?? null;
    const options = this.SUBRULE(this.options);
    return { kind: "close", symbol, amount, price, options };
  });

  private readonly listed = this.RULE("listed", (): Written => {
    const kind = this.OR<"cancel" | "positions" | "orders">([
      { ALT: () => (this.CONSUME(verb.cancel), "cancel") },
      { ALT: () => (this.CONSUME(verb.positions), "positions") },
      { ALT: () => (this.CONSUME(verb.orders), "orders") },
    ]);
    const of = this.OPTION(() => this.SUBRULE(this.id)) ?? null;
    const options = this.SUBRULE(this.options);
    return { kind, of, options };
  });

  private readonly pnl = this.RULE("pnl", (): Written => {
    this.CONSUME(verb.pnl);
    const period = this.OPTION(() =>
      this.OR<ProfitPeriod>([
        { ALT: () => (this.CONSUME(inner.today), "today") },
        { ALT: () => (this.CONSUME(inner.week), "week") },
        { ALT: () => (this.CONSUME(inner.month), "month") },
        { ALT: () => (this.CONSUME(inner.year), "year") },
        { ALT: () => (this.CONSUME(inner.all), "all") },
      ]),
    );
    return { kind: "pnl", period: period ?? "today" };
  });

  private readonly plain = this.RULE("plain", (): Written =>
    this.OR<Written>([
      { ALT: () => (this.CONSUME(verb.balance), { kind: "balance" }) },
      { ALT: () => (this.CONSUME(verb.status), { kind: "status" }) },
      { ALT: () => (this.CONSUME(verb.gates), { kind: "gates" }) },
      { ALT: () => (this.CONSUME(verb.reduce), { kind: "reduce" }) },
      { ALT: () => (this.CONSUME(verb.halt), { kind: "halt" }) },
      { ALT: () => (this.CONSUME(verb.quit), { kind: "quit" }) },
    ]),
  );

  private readonly why = this.RULE("why", (): Written => {
    this.CONSUME(verb.why);
    return { kind: "why", id: this.SUBRULE(this.id) };
  });

  private readonly steered = this.RULE("steered", (): Written => {
    const kind = this.OR<"pause" | "resume" | "flatten">([
      { ALT: () => (this.CONSUME(verb.pause), "pause") },
      { ALT: () => (this.CONSUME(verb.resume), "resume") },
      { ALT: () => (this.CONSUME(verb.flatten), "flatten") },
    ]);
    const strategy = this.OPTION(() => this.CONSUME(Name).image) ?? null;
    return { kind, strategy };
  });

  private readonly kill = this.RULE("kill", (): Written => {
    this.CONSUME(verb.kill);
    const flattens = this.OPTION(() => (this.CONSUME(verb.flatten), true)) ?? false;
    return { kind: "kill", flattens };
  });

  private readonly confirm = this.RULE("confirm", (): Written => {
    this.CONSUME(verb.confirm);
    return { kind: "confirm", token: this.SUBRULE(this.id) };
  });

  private readonly help = this.RULE("help", (): Written => {
    this.CONSUME(verb.help);
    return { kind: "help", about: this.OPTION(() => this.CONSUME(Name).image) ?? null };
  });

  /** What names an order: some consist of digits. */
  private readonly id = this.RULE("id", (): string =>
    this.OR<string>([{ ALT: () => this.CONSUME(Name).image }, { ALT: () => this.CONSUME(Quantity).image }]),
  );

  private readonly level = this.RULE("level", (): Level =>
    this.OR<Level>([
      { ALT: () => ({ kind: "share", value: shareOf(this.CONSUME(Percent)) }) },
      { ALT: () => ({ kind: "price", value: valueOf(this.CONSUME(Quantity)) }) },
    ]),
  );

  private readonly options = this.RULE("options", (): Options => {
    const options: Options = {};
    const once = <Key extends keyof Options>(key: Key, at: IToken, value: () => Options[Key]): void => {
      const given = value();
      this.ACTION(() => {
        if (options[key] !== undefined) throw new RepeatedOption(at);
        options[key] = given;
      });
    };
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            once("stop", this.CONSUME(option.sl), () => this.SUBRULE(this.level));
          },
        },
        {
          ALT: () => {
            once("target", this.CONSUME(option.tp), () =>
              this.OR2<NonNullable<Options["target"]>>([
                { ALT: () => this.SUBRULE2(this.level) },
                { ALT: () => ({ kind: "reward", value: valueOf(this.CONSUME(Ratio)) }) },
              ]),
            );
          },
        },
        {
          ALT: () => {
            once("trail", this.CONSUME(option.tsl), () =>
              this.OR3<number>([
                { ALT: () => shareOf(this.CONSUME(Percent)) },
                { ALT: () => shareOf(this.CONSUME(Quantity)) },
              ]),
            );
          },
        },
        {
          ALT: () => {
            once("venue", this.CONSUME(option.e), () => {
              return this.CONSUME(Name).image;
            });
          },
        },
        {
          ALT: () => {
            once("strategy", this.CONSUME(option.s), () => {
              return this.CONSUME2(Name).image;
            });
          },
        },
        {
          ALT: () => {
            once("duration", this.CONSUME(option.tif), () =>
              this.OR4<CommandDuration>([
                { ALT: () => (this.CONSUME(inner.gtc), "gtc") },
                { ALT: () => (this.CONSUME(inner.day), "day") },
                { ALT: () => (this.CONSUME(inner.ioc), "ioc") },
                { ALT: () => (this.CONSUME(inner.fok), "fok") },
              ]),
            );
          },
        },
        {
          ALT: () => {
            const at = this.CONSUME(option.post);
            once("postOnly", at, () => true);
          },
        },
        {
          ALT: () => {
            const at = this.CONSUME(option.reduce);
            once("reduceOnly", at, () => true);
          },
        },
      ]);
    });
    return options;
  });
}

/** An option that is given twice: nobody could say which is meant. */
export class RepeatedOption extends Error {
  constructor(readonly token: IToken) {
    super(token.image);
  }
}

export const theCommandParser = once(() => new CommandParser());

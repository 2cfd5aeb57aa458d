import { z } from "zod";

/* What a configuration can say. What is wrong with a value is said in words of what it should be: `write …`. */

const described = <Schema extends z.ZodType>(schema: Schema, what: string): Schema =>
  schema.meta({ description: what });

const text = (what: string): z.ZodString =>
  described(z.string({ error: what }).min(1, { error: what }), what);

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: "one value: a text, a number, true or false",
});
const named = (what: string) => described(z.record(z.string(), scalar, { error: what }), what);

const interval = z
  .string({ error: "the length of its bars, such as 1m, 15m, 1h or 1d" })
  .regex(/^[1-9]\d*(s|m|h|d|w)$/, { error: "the length of its bars, such as 1m, 15m, 1h or 1d" });

const remedyOfShares = "its part of the capital, above 0% up to 100%, such as 60% or 0.6";
const share = z
  .union([z.string(), z.number()], { error: remedyOfShares })
  .refine((given) => shareOf(given) !== null, { error: remedyOfShares });

const remedyOfConfirmations =
  "nothing, trades or everything; or each by the service that it comes by, such as { telegram: trades, tradingview: nothing }";
const confirmation = z.enum(["nothing", "trades", "everything"], { error: remedyOfConfirmations });

/** A part of a whole, as a number; null for what is none. */
export function shareOf(given: string | number): number | null {
  const value =
    typeof given === "string" && /^\d*\.?\d+%$/.test(given)
      ? Number(`${given.slice(0, -1)}e-2`)
      : Number(given === "" ? NaN : given);
  return value > 0 && value <= 1 ? value : null;
}

const strategy = z.strictObject(
  {
    program: text("the path of a strategy, a .bf file, from where this file is"),
    name: text("a name for it, where one program is traded twice").optional(),
    exchange: text("the name of an exchange of this file").optional(),
    feed: text(
      "the name of a feed or an exchange that its bars come from, where that is not its exchange",
    ).optional(),
    symbols: described(
      z
        .array(text("a symbol as the exchange names it, such as BTCUSDT"), {
          error: "a list of symbols, such as [BTCUSDT]",
        })
        .min(1, { error: "one symbol at least, such as [BTCUSDT]" }),
      "what it trades, as the exchange names it",
    ),
    interval: described(interval, "the length of its bars, where the program does not say it").optional(),
    markets: described(
      z.record(z.string(), interval, { error: "a group of symbols with the length of their bars" }),
      "the length of bars of the other symbols that it reads, where they are not its own",
    ).optional(),
    params: named("parameters of the strategy by name").optional(),
    set: named("settings that are other for it than for all").optional(),
    share: described(share, remedyOfShares).optional(),
    filter: described(
      z.record(z.string(), z.union([scalar, z.array(scalar)]), {
        error: "a group with the name of an equity filter and its parameters",
      }),
      "what holds it or leaves it by its own equity",
    ).optional(),
  },
  { error: "a group of names, such as { program: trend.bf, exchange: main, symbols: [BTCUSDT] }" },
);

const rules = z.array(
  z.looseObject(
    { gate: text("the name of a gate, such as daily_loss") },
    { error: "a rule, such as { gate: daily_loss, most: 2% }" },
  ),
);

const options = (what: string) => z.record(z.string(), z.unknown(), { error: what });

/** Where it goes: those have options of their own, which are checked by what is behind the name. */
const exchange = z.looseObject(
  { venue: text("the name of a venue; `bf venues` lists them") },
  { error: "a group of names, such as { venue: binance spot, api_key: ${KEY}, secret: ${SECRET} }" },
);

const feed = z.looseObject(
  { kind: text("the kind of feed, such as file") },
  { error: "a group of names, such as { kind: file, path: bars.csv }" },
);

const byName = <Schema extends z.ZodType>(schema: Schema, what: string) =>
  described(z.record(z.string(), schema, { error: what }), what);

export const configurationSchema = z
  .strictObject(
    {
      account: text("what the account is called"),
      capital: described(
        z
          .number({ error: "what the account begins with, a number above 0" })
          .positive({ error: "what the account begins with, a number above 0" }),
        "what the account begins with, in its money",
      ).optional(),
      journal: text("the folder in which the account is kept, from where this file is").optional(),
      credentials: text("a file with secrets by name, that nobody else may read").optional(),
      exchanges: byName(exchange, "exchanges by the names that this file has for them").optional(),
      feeds: byName(
        feed,
        "other places that bars come from, by the names that this file has for them",
      ).optional(),
      strategies: described(
        z.array(strategy, { error: "a list of strategies" }).min(1, { error: "one strategy at least" }),
        "who trades what",
      ),
      set: named("settings, as of `bf paper --set`").optional(),
      instruments: text("a file that says tick, lot and more by symbol, where the venue does not").optional(),
      gates: described(
        z.union([text("the path of a file of rules"), rules], {
          error: "a list of rules, such as [{ gate: daily_loss, most: 2% }], or the path of a file of them",
        }),
        "risk gates that stand behind all strategies",
      ).optional(),
      when_off: described(
        z.enum(["close", "run"], { error: "close or run" }),
        "what becomes of a position when its strategy is switched off",
      ).optional(),
      reallocate: described(
        z.enum(["monthly", "never"], { error: "monthly or never" }),
        "whether free money goes to the strategies that are on",
      ).optional(),
      history: described(
        z
          .int({ error: "a whole number of bars" })
          .min(0, { error: "a whole number of bars" })
          .max(100_000, { error: "a whole number of bars up to 100000" }),
        "how many bars of the past are told before the first that is traded on; left out, what the strategies need",
      ).optional(),
      on_stop: described(
        z.enum(["keep", "cancel_entries"], { error: "keep or cancel_entries" }),
        "what becomes of entries that rest when the run ends; what protects a position stays",
      ).optional(),
      by_hand: described(
        z.strictObject(
          {
            share: described(share, remedyOfShares).optional(),
            confirm: described(
              z.union([confirmation, z.record(z.string(), confirmation)], { error: remedyOfConfirmations }),
              remedyOfConfirmations,
            ).optional(),
          },
          { error: "a group of names, such as { share: 20%, confirm: trades }" },
        ),
        "what people trade by commands: with which part of the capital, and what they confirm",
      ).optional(),
      services: described(
        z.record(z.string(), options("a group of names, or {} where nothing has to be said").nullable(), {
          error: "services by name, with what they are told",
        }),
        "what stands beside the account: mouths for commands, alerts, metrics",
      ).optional(),
      plugins: described(
        z.array(text("the name of an npm package"), { error: "a list of npm packages" }),
        "npm packages with venues, feeds, services, gates and indicators of their own",
      ).optional(),
    },
    { error: "a group of names: account, exchanges, strategies and more" },
  )
  .meta({
    title: "BitFever account",
    description: "An account: what trades where, with which capital, behind which gates.",
  });

export type Configuration = z.infer<typeof configurationSchema>;
export type StrategyEntry = Configuration["strategies"][number];

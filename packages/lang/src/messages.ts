export type Severity = "error" | "warning";

interface Entry<Values> {
  readonly title: string;
  readonly severity: Severity;
  readonly message: (values: Values) => string;
  /** Why it matters, in market terms where there are any. */
  readonly explanation: string;
  /** A program that gets this diagnostic, and the same program put right; the tests compile both. */
  readonly wrong: string;
  readonly right: string;
}

const entry = <Values>(given: Entry<Values>): Entry<Values> => given;

const strategy = (body: string): string => `strategy "Example" {\n${body.replace(/^/gm, "  ")}\n}\n`;
const entering = (body: string): string => strategy(`${body}\nenter long when close > open { stop at low }`);

/**
 * Every diagnostic of the language. BF1xxx: how a program is written; BF2xxx: names, types and units; BF3xxx: what
 * it would do in the market. A code is never given a second meaning.
 */
export const messages = {
  BF1001: entry<{ found: string }>({
    title: "unknown character",
    severity: "error",
    message: ({ found }) => `\`${found}\` means nothing in BitFever`,
    explanation: "The character is part of no word, number or sign of the language.",
    wrong: entering("let a = close @ 2"),
    right: entering("let a = close * 2"),
  }),
  BF1002: entry<{ problem: string }>({
    title: "not a program",
    severity: "error",
    message: ({ problem }) => problem,
    explanation:
      "The words are fine one by one, but not in this order. The message says what could stand here.",
    wrong: entering("let a close"),
    right: entering("let a = close"),
  }),
  BF1003: entry<{ edition: string }>({
    title: "unknown edition",
    severity: "error",
    message: ({ edition }) => `there is no edition ${edition}; this compiler knows 2026`,
    explanation:
      "An edition fixes what a program means, so that a new compiler never changes an old program.",
    wrong: `edition 1999\n${entering("")}`,
    right: `edition 2026\n${entering("")}`,
  }),

  BF1004: entry<{ what: string }>({
    title: "not available yet",
    severity: "error",
    message: ({ what }) => `\`${what}\` is not available yet`,
    explanation:
      "The word belongs to a part of the language that is planned and not built: state, other clocks, plots, tests, " +
      "risk limits, trailing stops and partial targets, modules. Refusing it is kinder than ignoring it.",
    wrong: entering("plot(close)"),
    right: entering("let shown = close"),
  }),
  BF1005: entry<{ found: string; instead: string }>({
    title: "a sign of another language",
    severity: "error",
    message: ({ found, instead }) =>
      instead === "" ? `\`${found}\` is not needed` : `\`${found}\` is written \`${instead}\` here`,
    explanation:
      "The sign is common elsewhere. Here the logic is in words, and neither newlines nor semicolons count.",
    wrong: strategy("enter long when close > open && close > low { stop at low }"),
    right: strategy("enter long when close > open and close > low { stop at low }"),
  }),
  BF1006: entry<{ what: string }>({
    title: "too much at once",
    severity: "error",
    message: ({ what }) => `${what} cannot be read`,
    explanation:
      "Brackets and `if`s may nest 64 deep, and one declaration may have 500 operators. Nobody writes more by hand; " +
      "a generated program gives the parts names with `let`.",
    wrong: entering(`let a = ${"(".repeat(65)}close${")".repeat(65)}`),
    right: entering("let a = (close)"),
  }),
  BF1007: entry<{ problem: string }>({
    title: "a text that does not end well",
    severity: "error",
    message: ({ problem }) => problem,
    explanation:
      'A text stands between double quotes, on one line; in it, `\\"` is a quote and `\\\\` a backslash.',
    wrong: strategy('enter long "breakout when close > open { stop at low }'),
    right: strategy('enter long "breakout" when close > open { stop at low }'),
  }),
  BF1008: entry<{ name: string; word: string }>({
    title: "a declaration without its first word",
    severity: "error",
    message: ({ name, word }) => `\`${name}\` is declared with \`${word}\``,
    explanation:
      "Every declaration starts with a word that says what it is: a definition with `let`, a parameter with `param`.",
    wrong: entering("fast = sma(close, 10)"),
    right: entering("let fast = sma(close, 10)"),
  }),
  BF1009: entry<Record<never, never>>({
    title: "a brace that closes nothing",
    severity: "error",
    message: () => "this `}` closes nothing, and the strategy goes on behind it",
    explanation:
      "There is one `}` more than there are `{`; perhaps it was left behind when a block was taken out.",
    wrong: strategy("enter long when close > open { stop at low } }\nexit when close < open"),
    right: strategy("enter long when close > open { stop at low }\nexit when close < open"),
  }),
  BF1010: entry<Record<never, never>>({
    title: "an `if` with a block",
    severity: "error",
    message: () => "there are no `if` blocks: a rule carries its condition, as in `enter long when …`",
    explanation:
      "A strategy is a set of rules that all hold on every bar, not a script that runs from top to bottom. So nothing is " +
      "skipped, and no average loses its history inside a branch. `if … then … else …` chooses between two values.",
    wrong: strategy("if close > open { enter long { stop at low } }"),
    right: strategy("enter long when close > open { stop at low }"),
  }),

  BF2001: entry<{ name: string }>({
    title: "unknown name",
    severity: "error",
    message: ({ name }) => `\`${name}\` is not defined`,
    explanation: "A name must be a bar field, a `param`, a `let`, an account value or a function.",
    wrong: entering("let a = closee"),
    right: entering("let a = close"),
  }),
  BF2002: entry<{ name: string }>({
    title: "name defined twice",
    severity: "error",
    message: ({ name }) => `\`${name}\` is already defined`,
    explanation: "A `let` is an equation, not an assignment: one name has one meaning in the whole strategy.",
    wrong: entering("let a = open\nlet a = close"),
    right: entering("let a = open\nlet b = close"),
  }),
  BF2003: entry<{ names: string }>({
    title: "definition in a circle",
    severity: "error",
    message: ({ names }) => `this is defined by itself: ${names}`,
    explanation: "The order of `let`s does not matter, but each must be computable from the others.",
    wrong: entering("let a = b + 1\nlet b = a + 1"),
    right: entering("let a = close\nlet b = a * 2"),
  }),
  BF2004: entry<{ name: string }>({
    title: "not a function",
    severity: "error",
    message: ({ name }) => `there is no function \`${name}\``,
    explanation: "Only the functions of the catalogue can be called.",
    wrong: entering("let a = smaa(close, 20)"),
    right: entering("let a = sma(close, 20)"),
  }),
  BF2005: entry<{ name: string; usage: string; problem: string }>({
    title: "wrong arguments",
    severity: "error",
    message: ({ name, problem, usage }) => `${problem}; \`${name}\` is used as \`${usage}\``,
    explanation:
      "A function takes its series first, then its lengths; what has a default may be left out or named.",
    wrong: entering("let a = sma(20)"),
    right: entering("let a = sma(close, 20)"),
  }),
  BF2006: entry<{ expected: string; found: string }>({
    title: "wrong type",
    severity: "error",
    message: ({ expected, found }) => `this is ${found}, but ${expected} is needed here`,
    explanation:
      "Conditions are true or false, everything else is a number with a unit; neither turns into the other by itself.",
    wrong: strategy("enter long when close { stop at low }"),
    right: strategy("enter long when close > open { stop at low }"),
  }),
  BF2007: entry<{ verb: string; left: string; right: string }>({
    title: "units do not match",
    severity: "error",
    message: ({ verb, left, right }) => `${left} and ${right} cannot be ${verb}`,
    explanation:
      "A price plus a percentage is not a price, and comparing a price with an oscillator says nothing: such slips " +
      "compile elsewhere and lose money quietly. Units are checked, and cost nothing at run time.",
    wrong: entering("param up: ratio = 2%\nlet a = close + up"),
    right: entering("param up: ratio = 2%\nlet a = close * (1 + up)"),
  }),
  BF2008: entry<{ what: string }>({
    title: "not known before the run",
    severity: "error",
    message: ({ what }) => `${what} must be known before the run`,
    explanation:
      "Look-back and warm-up are worked out before any data are read, so lengths cannot depend on data.",
    wrong: entering("let a = sma(close, session_bar)"),
    right: entering("let a = sma(close, 20)"),
  }),
  BF2009: entry<{ what: string; value: string; rule: string }>({
    title: "value out of range",
    severity: "error",
    message: ({ what, value, rule }) => `${what} is ${value}; it must be ${rule}`,
    explanation: "A length counts bars: it is a whole number, and at least as large as the function needs.",
    wrong: entering("let a = sma(close, 2.5)"),
    right: entering("let a = sma(close, 3)"),
  }),
  BF2010: entry<{ value: string }>({
    title: "a look into the future",
    severity: "error",
    message: ({ value }) => `\`[${value}]\` would read a bar that has not happened yet`,
    explanation:
      "`x[k]` is the value k bars ago. The future cannot be written in this language, not even by accident.",
    wrong: entering("let a = close[-1]"),
    right: entering("let a = close[1]"),
  }),
  BF2011: entry<{ name: string }>({
    title: "unknown type",
    severity: "error",
    message: ({ name }) => `\`${name}\` is not a type of parameter`,
    explanation: "A parameter is one of bars, int, number, ratio, price, quantity, money, bool.",
    wrong: entering("param n: integer = 20\nlet a = sma(close, n)"),
    right: entering("param n: int = 20\nlet a = sma(close, n)"),
  }),
  BF2012: entry<{ name: string; outputs: string }>({
    title: "which output?",
    severity: "error",
    message: ({ name, outputs }) => `\`${name}\` has several outputs: ${outputs}`,
    explanation: "A function with several outputs is read one output at a time, by name.",
    wrong: entering("let a = bbands(close, 20, 2, 2)"),
    right: entering("let a = bbands(close, 20, 2, 2).upper"),
  }),
  BF2013: entry<{ name: string }>({
    title: "no such output",
    severity: "error",
    message: ({ name }) => `there is no output \`${name}\` here`,
    explanation: "Only functions with several outputs have something behind a dot.",
    wrong: entering("let a = bbands(close, 20, 2, 2).top"),
    right: entering("let a = bbands(close, 20, 2, 2).upper"),
  }),
  BF2014: entry<{ name: string; what: string }>({
    title: "name taken by the language",
    severity: "error",
    message: ({ name, what }) => `\`${name}\` is taken: it is ${what}`,
    explanation:
      "Words of the market keep one meaning in every program, so that programs can be read without looking up.",
    wrong: entering("let close = open"),
    right: entering("let last = open"),
  }),

  BF2015: entry<{ name: string }>({
    title: "a function with a prefix",
    severity: "error",
    message: ({ name }) => `functions have no prefix: write \`${name}(…)\``,
    explanation: "All functions of the catalogue are called by their own name, not through `ta.` or `math.`.",
    wrong: entering("let a = ta.sma(close, 20)"),
    right: entering("let a = sma(close, 20)"),
  }),

  BF3001: entry<{ side: string }>({
    title: "entry without protection",
    severity: "warning",
    message: ({ side }) => `this ${side} entry has no stop`,
    explanation:
      "A position without a stop can lose all of its stake overnight. Give it a `stop at`, or write `unprotected` to " +
      "say that it is meant.",
    wrong: strategy("enter long when close > open"),
    right: strategy("enter long when close > open { stop at low }"),
  }),
  BF3002: entry<Record<never, never>>({
    title: "a strategy that never enters",
    severity: "error",
    message: () => "this strategy has no `enter`, so it can never trade",
    explanation: "A strategy needs at least one `enter long` or `enter short`.",
    wrong: strategy("exit when close < open"),
    right: strategy("enter long when close > open { stop at low }\nexit when close < open"),
  }),
  BF3003: entry<{ side: string }>({
    title: "a position that is never left",
    severity: "warning",
    message: ({ side }) => `a ${side} position is entered but nothing ever ends it`,
    explanation:
      "Without an exit, a stop, a target or an entry on the other side, the first trade lasts to the end.",
    wrong: strategy("enter long when close > open { unprotected }"),
    right: strategy("enter long when close > open { unprotected }\nexit long when close < open"),
  }),
  BF3004: entry<{ side: string }>({
    title: "an exit without an entry",
    severity: "warning",
    message: ({ side }) => `nothing ever enters ${side}, so this exit can never act`,
    explanation:
      "The exit names a side that the strategy never takes: perhaps the wrong word, or a missing entry.",
    wrong: strategy("enter long when close > open { stop at low }\nexit short when close > open"),
    right: strategy("enter long when close > open { stop at low }\nexit long when close < open"),
  }),
  BF3005: entry<{ name: string }>({
    title: "defined and not used",
    severity: "warning",
    message: ({ name }) => `parameter \`${name}\` is never used`,
    explanation: "A search over a parameter that does nothing wastes time and flatters the statistics.",
    wrong: entering("param n: bars = 20"),
    right: strategy("param n: bars = 20\nenter long when close > sma(close, n) { stop at low }"),
  }),
  BF3006: entry<{ name: string; value: string; range: string }>({
    title: "default outside its range",
    severity: "error",
    message: ({ name, value, range }) => `the default of \`${name}\`, ${value}, lies outside ${range}`,
    explanation:
      "The default is what runs when nothing else is said; it must be one of the values that may be tried.",
    wrong: strategy("param n: bars = 5 in 10..20\nenter long when close > sma(close, n) { stop at low }"),
    right: strategy("param n: bars = 15 in 10..20\nenter long when close > sma(close, n) { stop at low }"),
  }),
  BF3007: entry<{ problem: string }>({
    title: "a range that makes no sense",
    severity: "error",
    message: ({ problem }) => problem,
    explanation:
      "A range goes from the smaller to the larger number; a step is positive; a log scale starts above zero.",
    wrong: strategy("param n: bars = 15 in 20..10\nenter long when close > sma(close, n) { stop at low }"),
    right: strategy("param n: bars = 15 in 10..20\nenter long when close > sma(close, n) { stop at low }"),
  }),
  BF3008: entry<{ values: string }>({
    title: "requirement not met",
    severity: "error",
    message: ({ values }) => `this does not hold for ${values}`,
    explanation:
      "`require` says which combinations of parameters are allowed; the search skips the others, a run refuses.",
    wrong: strategy(
      "param a: bars = 9\nparam b: bars = 5\nrequire a < b\nenter long when sma(close, a) > sma(close, b) { stop at low }",
    ),
    right: strategy(
      "param a: bars = 5\nparam b: bars = 9\nrequire a < b\nenter long when sma(close, a) > sma(close, b) { stop at low }",
    ),
  }),
  BF3009: entry<Record<never, never>>({
    title: "risk without a stop",
    severity: "error",
    message: () => "`risk(…)` needs the distance to a stop, and this entry has none",
    explanation:
      "Risk sizing buys as much as loses the given share of equity if the stop is hit; without a stop it is infinite.",
    wrong: strategy("enter long when close > open { size risk(1%) unprotected }"),
    right: strategy("enter long when close > open { size risk(1%) stop at low }"),
  }),
  BF3010: entry<{ what: string }>({
    title: "said twice",
    severity: "error",
    message: ({ what }) => `${what} is given twice`,
    explanation:
      "An entry has one size, one stop and one target, a strategy one commission; the second would silently win or lose.",
    wrong: strategy("enter long when close > open { stop at low stop at low * 0.9 }"),
    right: strategy("enter long when close > open { stop at low * 0.9 }"),
  }),
  BF3011: entry<{ what: string; share: string }>({
    title: "a share that looks like a percentage",
    severity: "warning",
    message: ({ what, share }) => `${what} is ${share}`,
    explanation:
      "A plain number is a share: 1 is the whole. `commission 0.1` takes a tenth of every trade and `risk(2)` stakes " +
      "twice the account; the percent sign makes it the small number that was probably meant.",
    wrong: strategy("costs { commission 0.1 }\nenter long when close > open { stop at low }"),
    right: strategy("costs { commission 0.1% }\nenter long when close > open { stop at low }"),
  }),
  BF3012: entry<Record<never, never>>({
    title: "unprotected, with a stop",
    severity: "warning",
    message: () => "this entry says `unprotected`, but it has a stop",
    explanation: "`unprotected` tells the reader that no stop is meant. With a stop it says what is not so.",
    wrong: strategy("enter long when close > open { stop at low unprotected }"),
    right: strategy("enter long when close > open { stop at low }"),
  }),
} as const satisfies Record<string, Entry<never>>;

export type MessageCode = keyof typeof messages;
export type MessageValues<Code extends MessageCode> = Parameters<(typeof messages)[Code]["message"]>[0];
export const isMessageCode = (code: string): code is MessageCode => Object.hasOwn(messages, code);

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
const onMinutes = (body: string): string => `strategy "Example" on 15m {\n${body.replace(/^/gm, "  ")}\n}\n`;
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
  BF1003: entry<{ edition: string; known: string }>({
    title: "unknown edition",
    severity: "error",
    message: ({ edition, known }) => `there is no edition ${edition}; this compiler knows ${known}`,
    explanation:
      "An edition fixes what a program means, so that a new compiler never changes an old program.",
    wrong: `edition 1999\n${entering("")}`,
    right: `edition 2026\n${entering("")}`,
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
    wrong: entering("let a = bbands(close, 20, 2, 2) + 1"),
    right: entering("let a = bbands(close, 20, 2, 2).upper + 1"),
  }),
  BF2013: entry<{ name: string }>({
    title: "no such output",
    severity: "error",
    message: ({ name }) => `there is no output \`${name}\` here`,
    explanation: "Only records, and functions with several outputs, have something behind a dot.",
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

  BF2016: entry<{ type: string }>({
    title: "may be absent",
    severity: "error",
    message: ({ type }) => `this is ${type} that may be absent, and a declaration says it never is`,
    explanation:
      "A division by zero has no value, and neither has a position's price without a position. Say what holds then with " +
      "`or else`, or declare the type with a `?`, so that whoever uses the value sees it.",
    wrong: entering("let a: ratio = close / open"),
    right: entering("let a: ratio = close / open or else 1"),
  }),
  BF2017: entry<{ name: string }>({
    title: "something made of itself",
    severity: "error",
    message: ({ name }) => `\`${name}\` needs itself, directly or through others`,
    explanation:
      "What a strategy costs per bar is known before it runs, so no function may call itself and no record contain " +
      "itself. What repeats is a loop with bounds, or a value that goes on from its own past.",
    wrong: entering("fn f(x: price) = f(x) + 1\nlet a = f(close)"),
    right: entering("fn f(x: price) = x + 1\nlet a = f(close)"),
  }),
  BF2018: entry<{ name: string; problem: string }>({
    title: "a call that does not fit",
    severity: "error",
    message: ({ name, problem }) => `\`${name}\` cannot be called like this: ${problem}`,
    explanation:
      "The function is written in the language, in another file. With these arguments something in it makes no sense, " +
      "most often a unit.",
    wrong: entering("let a = zscore(close > open, 20)"),
    right: entering("let a = zscore(close, 20)"),
  }),
  BF2019: entry<{ name: string }>({
    title: "a past without a beginning",
    severity: "error",
    message: ({ name }) => `\`${name}\` goes on from its own past, and nothing says what it starts from`,
    explanation:
      "On the first bar there is no bar before. `x[1] or else close` says what holds then; without it the value would be " +
      "absent for ever.",
    wrong: entering("let a: price = a[1] * 0.9 + close * 0.1"),
    right: entering("let a: price = (a[1] or else close) * 0.9 + close * 0.1"),
  }),
  BF2020: entry<{ word: string; name: string }>({
    title: "a past without a type",
    severity: "error",
    message: ({ word, name }) =>
      `\`${name}\` goes on from its own past: say what it is, as in \`${word} ${name}: price = …\``,
    explanation:
      "The type of a value is worked out from what it is made of; a value made of itself must say it.",
    wrong: entering("let a = (a[1] or else close) * 0.9"),
    right: entering("let a: price = (a[1] or else close) * 0.9"),
  }),
  BF2021: entry<{ name: string; of: string }>({
    title: "no such member",
    severity: "error",
    message: ({ name, of }) => `\`${of}\` has no member \`${name}\``,
    explanation: "An enum has the members that it lists, and no others.",
    wrong: entering("enum Side { up, down }\nlet a = Side.left == Side.up"),
    right: entering("enum Side { up, down }\nlet a = Side.down == Side.up"),
  }),
  BF2022: entry<{ missing: string }>({
    title: "a case is missing",
    severity: "error",
    message: ({ missing }) => `nothing is said for ${missing}`,
    explanation: "A `match` has a value for every member of its enum, or an `else` for the rest.",
    wrong: entering(
      "enum Kind { fast, slow }\nparam kind: Kind = Kind.fast\nlet a = match kind { fast: sma(close, 5) }",
    ),
    right: entering(
      "enum Kind { fast, slow }\nparam kind: Kind = Kind.fast\nlet a = match kind { fast: sma(close, 5), slow: sma(close, 20) }",
    ),
  }),
  BF2023: entry<{ name: string; state: string }>({
    title: "setting something else",
    severity: "error",
    message: ({ name, state }) => `\`${name}\` cannot be set here: this block is the life of \`${state}\``,
    explanation: "All that changes a `state` stands in its own block, so that one look tells how it lives.",
    wrong: entering("state n = 0 reset never { set m = n + 1 }"),
    right: entering("state n = 0 reset never { set n = n + 1 }"),
  }),
  BF2024: entry<{ name: string }>({
    title: "a method of nothing",
    severity: "error",
    message: ({ name }) =>
      `\`${name}\` takes what stands before the dot as its first parameter, and it has none`,
    explanation:
      "`band.width()` gives `band` to the method as its first parameter, which is usually called `self`.",
    wrong: entering("type Band = { upper: price }\nfn Band.half() = close / 2"),
    right: entering("type Band = { upper: price }\nfn Band.half(self) = self.upper / 2"),
  }),

  BF2101: entry<{ needing: string }>({
    title: "slower than what?",
    severity: "error",
    message: ({ needing }) => `\`${needing}\` needs a strategy that says which bars it is for`,
    explanation:
      "When a bar of a slower clock closes is known from the length of the strategy's own bars, so that length must be " +
      "in the program.",
    wrong:
      'strategy "Example" {\n  on 1d { let trend = sma(close, 50) }\n  enter long when close > latest(trend) { stop at low }\n}\n',
    right:
      'strategy "Example" on 15m {\n  on 1d { let trend = sma(close, 50) }\n  enter long when close > latest(trend) { stop at low }\n}\n',
  }),
  BF2102: entry<{ clock: string; own: string }>({
    title: "not a slower clock",
    severity: "error",
    message: ({ clock, own }) => `bars of ${clock} cannot be built from bars of ${own}`,
    explanation: "A slower bar is made of whole bars of the strategy: an hour of quarters, a day of hours.",
    wrong: onMinutes(
      "on 20m { let trend = sma(close, 50) }\nenter long when close > latest(trend) { stop at low }",
    ),
    right: onMinutes(
      "on 1h { let trend = sma(close, 50) }\nenter long when close > latest(trend) { stop at low }",
    ),
  }),
  BF2103: entry<{ clock: string }>({
    title: "nothing slower to read",
    severity: "error",
    message: ({ clock }) => `this is a value of ${clock} already`,
    explanation:
      "`latest` reads the last closed bar of a slower clock. On its own clock every value is of a closed bar.",
    wrong: onMinutes("enter long when close > latest(open) { stop at low }"),
    right: onMinutes("enter long when close > open { stop at low }"),
  }),
  BF2104: entry<{ name: string; clock: string; here: string }>({
    title: "a value of another clock",
    severity: "error",
    message: ({ name, clock, here }) => `\`${name}\` is a value of ${clock}, but this is ${here}`,
    explanation:
      "On a Wednesday this week's bar is not finished, and a backtest that reads it knows the future. `latest(x)` reads " +
      "the last bar that has closed.",
    wrong: onMinutes("on 1d { let trend = sma(close, 50) }\nenter long when close > trend { stop at low }"),
    right: onMinutes(
      "on 1d { let trend = sma(close, 50) }\nenter long when close > latest(trend) { stop at low }",
    ),
  }),
  BF2105: entry<{ name: string; clock: string }>({
    title: "the account on a slower clock",
    severity: "error",
    message: ({ name, clock }) =>
      `\`${name}\` changes with every bar of the strategy, so it has no value on \`${clock}\``,
    explanation: "A block of a slower clock sees only prices and what is made of them.",
    wrong: onMinutes("on 1d { let a = equity }\nenter long when close > open { stop at low }"),
    right: onMinutes("on 1d { let a = close }\nenter long when close > latest(a) { stop at low }"),
  }),
  BF2106: entry<Record<never, never>>({
    title: "an order on an unfinished bar",
    severity: "error",
    message: () => "an order would rest on a bar that has not closed, and may look otherwise when it has",
    explanation:
      "`forming(x)` is the value of a slower bar as far as it has come. It flickers: what it says at noon it may have taken " +
      "back by the close. Orders read `latest(x)`; a strategy that means the other writes `allow forming`, and its report " +
      "says so.",
    wrong: onMinutes(
      "on 1d { let trend = sma(close, 50) }\nenter long when close > forming(trend) { stop at low }",
    ),
    right: onMinutes(
      "allow forming\non 1d { let trend = sma(close, 50) }\nenter long when close > forming(trend) { stop at low }",
    ),
  }),
  BF2107: entry<{ name: string; problem: string }>({
    title: "nothing to compare with",
    severity: "error",
    message: ({ name, problem }) => `\`${name}\` compares the members of a universe; ${problem}`,
    explanation:
      "Members are compared at the close of a bar of the strategy, among those that have one then, by what their own bars " +
      "say. What depends on the account is known member by member, too late to compare them.",
    wrong: entering("let a = rank(rsi(close, 14))"),
    right: entering("universe\nlet a = rank(rsi(close, 14))"),
  }),
  BF2108: entry<{ name: string }>({
    title: "no such market",
    severity: "error",
    message: ({ name }) => `there is no market \`${name}\``,
    explanation:
      "A block stands on a slower clock (`on 1d`), on the bars of another market (`on spy`), or on slower bars of that " +
      "(`on spy 1w`). The market is declared with `market`.",
    wrong: onMinutes(
      'market "SPY" as spy\non spi { let trend = sma(close, 50) }\nenter long when close > latest(spy.close) { stop at low }',
    ),
    right: onMinutes(
      'market "SPY" as spy\non spy { let trend = sma(close, 50) }\nenter long when close > latest(spy.close) { stop at low }',
    ),
  }),
  BF2109: entry<Record<never, never>>({
    title: "a condition of one member",
    severity: "error",
    message: () => "this is another for each member, and the universe is rebalanced as a whole",
    explanation:
      "Whether to rebalance is asked once for all members. What each must fulfil is said with `where`; what is true of all " +
      "of them is folded, as in `mean(for each: rsi(close, 14)) > 50`.",
    wrong: strategy("universe\nrebalance when close > open { hold top 5 by rsi(close, 14) }"),
    right: strategy("universe\nrebalance { hold top 5 by rsi(close, 14) where close > open }"),
  }),

  BF2110: entry<{ problem: string }>({
    title: "no unfinished bar to read",
    severity: "error",
    message: ({ problem }) => problem,
    explanation:
      "`forming(x)` looks at the bar that the strategy's own bars have built so far. Bars of another market are known when " +
      "they have closed, and so is everything inside a block of a slower clock: there `latest(x)` is read.",
    wrong: onMinutes('market "SPY" as spy\nenter long when close > forming(spy.close) { stop at low }'),
    right: onMinutes('market "SPY" as spy\nenter long when close > latest(spy.close) { stop at low }'),
  }),

  BF2201: entry<{ path: string; problem: string }>({
    title: "a module that cannot be used",
    severity: "error",
    message: ({ path, problem }) => `\`${path}\` cannot be imported: ${problem}`,
    explanation:
      "An import names a file beside the one that imports it, or a part of the library: `std/levels`.",
    wrong: `import "no-such-file.bf" as levels\n${entering("")}`,
    right: `import "std/levels" as levels\n${entering("")}`,
  }),
  BF2202: entry<{ name: string; module: string }>({
    title: "not in this module",
    severity: "error",
    message: ({ name, module }) => `\`${module}\` has no \`${name}\` that others may use`,
    explanation: "A module shows what it declares with `pub`; the rest is its own business.",
    wrong: `import "std/levels" as levels\n${entering("let a = levels.closing_range(30m)")}`,
    right: `import "std/levels" as levels\n${entering("let a = levels.opening_range(30m)")}`,
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
    explanation:
      "A strategy needs at least one `enter long` or `enter short`; one with a `universe` may `rebalance` instead.",
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
  BF3005: entry<{ what: string; name: string }>({
    title: "defined and not used",
    severity: "warning",
    message: ({ what, name }) => `${what} \`${name}\` is never used`,
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
  BF3013: entry<{ what: string; name: string }>({
    title: "no such choice",
    severity: "error",
    message: ({ what, name }) => `there is no ${what} \`${name}\``,
    explanation: "Here stands one of a few words; the message says which.",
    wrong: entering("limit drawdonw 20%"),
    right: entering("limit drawdown 20%"),
  }),
  BF3014: entry<{ always: string }>({
    title: "a condition that never changes",
    severity: "warning",
    message: ({ always }) => `this condition ${always} holds, whatever the market does`,
    explanation:
      "It is made of numbers and parameters only, so it is the same on every bar. A price is missing in it.",
    wrong: strategy("enter long when 2 > 1 { stop at low }"),
    right: strategy("enter long when close > open { stop at low }"),
  }),
  BF3015: entry<{ problem: string }>({
    title: "a limit that does nothing",
    severity: "warning",
    message: ({ problem }) => `this limit cannot do what it says: ${problem}`,
    explanation: "A risk rule that never fires, or always has, gives a feeling of safety and nothing else.",
    wrong: entering("limit drawdown 100%"),
    right: entering("limit drawdown 20%"),
  }),
  BF3016: entry<Record<never, never>>({
    title: "long and short at once",
    severity: "warning",
    message: () => "the entry on the other side has the same condition, and it comes first",
    explanation: "Of two entries whose conditions hold on the same bar the first is sent; this one never is.",
    wrong: strategy(
      "enter long when close > open { stop at low }\nenter short when close > open { stop at high }",
    ),
    right: strategy(
      "enter long when close > open { stop at low }\nenter short when close < open { stop at high }",
    ),
  }),
  BF3017: entry<{ tag: string }>({
    title: "cancelling nothing",
    severity: "warning",
    message: ({ tag }) => `no order has the tag "${tag}", so there is nothing to cancel`,
    explanation:
      "`cancel` takes back what rests under a tag: perhaps the tag is written otherwise elsewhere.",
    wrong: strategy(
      'enter long "dip" at limit low when close > open { stop at low * 0.9 }\ncancel "dipp" when close < open',
    ),
    right: strategy(
      'enter long "dip" at limit low when close > open { stop at low * 0.9 }\ncancel "dip" when close < open',
    ),
  }),
  BF3018: entry<{ problem: string }>({
    title: "a table that is no history",
    severity: "error",
    message: ({ problem }) => problem,
    explanation:
      'The bars of a test are rows of as many numbers as there are columns; an absent one is written `none`. Where a strategy trades many symbols, each has a table of its own: `bars "AAPL" {`.',
    wrong: entering('test "t" { bars { open high low close 10 11 9 } }'),
    right: entering('test "t" { bars { open high low close 10 11 9 10 } }'),
  }),
  BF3019: entry<{ name: string }>({
    title: "a price that is not there yet",
    severity: "error",
    message: ({ name }) => `\`${name}\` has no value before the entry, so this entry would never be sent`,
    explanation:
      "Stops and targets are worked out at the close that sends the entry, when there is no position yet. What follows " +
      "the position is an exit of its own: `exit long at stop entry_price * 0.98 when position_size > 0`.",
    wrong: strategy("enter long when close > open { stop at entry_price * 0.98 }"),
    right: strategy(
      "enter long when close > open { unprotected }\nexit long at stop entry_price * 0.98 when position_size > 0",
    ),
  }),
  BF3020: entry<Record<never, never>>({
    title: "a trailing stop without a risk",
    severity: "error",
    message: () => "`R` is the distance from the entry to its stop, and this entry has none",
    explanation:
      "`after 1 R` waits until the price is as far ahead as the stop is behind. Give the entry a `stop at`, or leave " +
      "out `after`: the trailing stop then works from the start.",
    wrong: strategy("enter long when close > open { trail by 2 * atr(14) after 1 R }"),
    right: strategy("enter long when close > open { stop at low trail by 2 * atr(14) after 1 R }"),
  }),
  BF3022: entry<{ what: string; tag: string }>({
    title: "two orders of one tag",
    severity: "warning",
    message: ({ what, tag }) =>
      `another ${what} has the tag "${tag}" too: of one tag one order rests, so the later replaces the earlier`,
    explanation: "A tag names one order at a time. Give each order that rests a tag of its own, or none.",
    wrong: strategy(
      'enter long "a" at limit low when close > open { stop at low * 0.9 }\nenter long "a" at stop high when close < open { stop at low * 0.9 }',
    ),
    right: strategy(
      'enter long "a" at limit low when close > open { stop at low * 0.9 }\nenter long "b" at stop high when close < open { stop at low * 0.9 }',
    ),
  }),
  BF3023: entry<Record<never, never>>({
    title: "a rebalance that holds nothing",
    severity: "error",
    message: () => "this says nothing of what to hold",
    explanation: "`hold top 10 by score` chooses; `hold each where condition` holds all that fulfil it.",
    wrong: strategy("universe\nrebalance { weight equal }"),
    right: strategy("universe\nrebalance { hold top 10 by rsi(close, 14) weight equal }"),
  }),
  BF3024: entry<Record<never, never>>({
    title: "an entry beside a rebalance",
    severity: "error",
    message: () => "a rebalance closes what it did not choose, and would close what this enters",
    explanation:
      "A rebalance says all that is held of the universe. What a rule enters beside it would be gone at the next one, at a " +
      "time that no rule names. Choose with `hold … where condition`; `exit` may leave early what a rebalance holds.",
    wrong: strategy(
      "universe\nrebalance { hold top 5 by rsi(close, 14) }\nenter long when close > open { stop at low }",
    ),
    right: strategy(
      "universe\nrebalance { hold top 5 by rsi(close, 14) where close > open }\nexit when close < open",
    ),
  }),
  BF3025: entry<Record<never, never>>({
    title: "units of different symbols",
    severity: "error",
    message: () => "a universe holds units of different symbols, which do not add up",
    explanation:
      "Ten shares of one company and ten of another are not twenty of anything. What a universe holds is limited by its value: " +
      "`limit exposure 150%`, or the cap of a size or a weight.",
    wrong: entering("universe\nlimit position 500"),
    right: entering("universe\nlimit exposure 80%"),
  }),
  BF3026: entry<{ text: string }>({
    title: "a sign that takes another back",
    severity: "warning",
    message: ({ text }) => `in \`${text}\` one sign takes back what the other says`,
    explanation:
      "`a - -b` is `a + b`, and `not not x` is `x`. Mostly a key was hit twice, and a stop meant to be below the price is above it. Where it is meant, parentheses say so: `a - (-b)`.",
    wrong: strategy("enter long when close > open { stop at close - - 2 * atr(14) }"),
    right: strategy("enter long when close > open { stop at close - 2 * atr(14) }"),
  }),
  BF3027: entry<{ text: string }>({
    title: "the same on both sides",
    severity: "warning",
    message: ({ text }) => `\`${text}\` stands on both sides, which tells nothing`,
    explanation:
      "A value compared with itself, taken from itself or divided by itself is the same whatever the market does, and a condition joined with itself is the condition. Mostly the other side was to be something else: `close[1]`, another line.",
    wrong: strategy("enter long when close > close { stop at low }"),
    right: strategy("enter long when close > close[1] { stop at low }"),
  }),
  BF3028: entry<Record<never, never>>({
    title: "a distance instead of a price",
    severity: "warning",
    message: () => "this is how far prices are apart, not a price",
    explanation:
      "An order waits at a price. `2 * atr(14)` is a distance: 3.50 while the market is at 180, so a stop there is never reached and protects nothing. Say from where it is counted.",
    wrong: strategy("enter long when close > open { stop at 2 * atr(14) }"),
    right: strategy("enter long when close > open { stop at close - 2 * atr(14) }"),
  }),
  BF3029: entry<{ text: string }>({
    title: "a number where a series belongs",
    severity: "warning",
    message: ({ text }) => `\`${text}\` is the same on every bar`,
    explanation:
      "The past of a number is that number, and an average of it is that number too: a function of a series is told the series first.",
    wrong: strategy("enter long when close > sma(100, 20) { stop at low }"),
    right: strategy("enter long when close > sma(close, 20) { stop at low }"),
  }),
  BF3030: entry<{ name: string; instead: string }>({
    title: "a value of one position where there may be two",
    severity: "error",
    message: ({ name, instead }) =>
      `with \`hedging\` long and short positions are held side by side, and \`${name}\` is of one` +
      (instead === "" ? "" : `: read ${instead}`),
    explanation:
      "Where positions are hedged, an entry opens its own beside one on the other side. `long_size`, `short_size`, `long_price`, `short_price`, `long_bars` and `short_bars` are those of each; `position_size` is what is long less what is short.",
    wrong: strategy(
      "fills { hedging }\nenter long when close > open { unprotected }\nexit long when close > position_price * 1.1",
    ),
    right: strategy(
      "fills { hedging }\nenter long when close > open { unprotected }\nexit long when close > long_price * 1.1",
    ),
  }),
  BF3031: entry<Record<never, never>>({
    title: "hedged positions that are rebalanced",
    severity: "error",
    message: () => "a `rebalance` makes of each position another one, and with `hedging` there may be two",
    explanation:
      "A rebalancing says how much of each member is held. Positions that are held on both sides at once are opened and closed by `enter` and `exit`.",
    wrong: strategy("universe\nfills { hedging }\nrebalance { hold top 2 by volume }"),
    right: strategy("universe\nrebalance { hold top 2 by volume }"),
  }),
} as const satisfies Record<string, Entry<never>>;

export type MessageCode = keyof typeof messages;
export type MessageValues<Code extends MessageCode> = Parameters<(typeof messages)[Code]["message"]>[0];
export const isMessageCode = (code: string): code is MessageCode => Object.hasOwn(messages, code);

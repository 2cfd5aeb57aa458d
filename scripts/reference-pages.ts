import {
  carryModels,
  commissionModels,
  messages,
  slippageModels,
  usageOf,
  type CostModels,
} from "@bitfever/lang";
import {
  calendars,
  carries,
  commissions,
  equityFilters,
  instrumentKinds,
  metrics,
  profiles,
  rangeText,
  rollingFigures,
  searchMethods,
  settingDefinitions,
  slippages,
  termDefinitions,
  weightings,
  type EquityFilter,
  type EquityFilterParameter,
  type MethodOption,
} from "@bitfever/engine";
import { gates, instructions, limits, tradingStates, unitWords, type Gate } from "@bitfever/runtime";
import { functions } from "../packages/engine/src/functions/index.generated.js";
import { orderTypes } from "../packages/engine/src/orders/index.generated.js";
import { cancelReasons, orderLife, type OrderHappening } from "../packages/engine/src/order-life.js";
import { bf } from "../packages/bitfever/src/cli/bf.js";
import { bfCompile } from "../packages/bitfever/src/cli/bf-compile.js";
import { errorCodesPage } from "./error-codes-page.js";
import { fillsPage } from "./fills-page.js";
import { fence, paragraphs, table } from "./markdown.js";
import { alertsPage, figuresPage } from "./operation-pages.js";

/** The pages of `docs/reference`, by name, each from the definitions themselves. */
export const referencePages = async (): Promise<[name: string, text: string][]> => [
  ["alerts.md", alertsPage()],
  ["calendars.md", calendarsPage()],
  ["commands.md", await commandsPage()],
  ["figures.md", figuresPage()],
  ["costs.md", costsPage()],
  ["diagnostics.md", diagnosticsPage()],
  ["equity-filters.md", equityFiltersPage()],
  ["errors.md", errorCodesPage()],
  ["fills.md", fillsPage()],
  ["functions.md", functionsPage()],
  ["gates.md", gatesPage()],
  ["limits.md", limitsPage()],
  ["weights.md", weightsPage()],
  ["metrics.md", metricsPage()],
  ["orders.md", ordersPage()],
  ["profiles.md", profilesPage()],
  ["search-methods.md", searchMethodsPage()],
  ["settings.md", settingsPage()],
  ["instruments.md", instrumentsPage()],
];

function functionsPage(): string {
  const contents = functions.map((each) => [`[\`${each.name}\`](#${each.name})`, each.summary]);
  return paragraphs(
    "# Functions of numbers",
    "What they give on a bar depends on their values on that bar alone, so they have no warm-up. Where all of their values " +
      "are known before the run, so is theirs: it may be a length, or how far to look back. An absent value makes the " +
      "result absent, and so does a result that no number can say. Sums, products and comparisons are " +
      "[operators](../language.md#operators); what looks at more than one bar is an [indicator](indicators.md).",
    table(["function", "what it is"], contents),
    ...functions.map(functionSection),
  );
}

function functionSection({
  name,
  summary,
  description,
  source,
  inputs,
  ...of
}: (typeof functions)[number]): string {
  const { output, variadic, examples } = of;
  const usage = `${name}(${inputs.map((each) => each.name).join(", ")}${variadic === undefined ? "" : ", …"})`;
  const typeOf = (type: string): string =>
    type === "ratio" ? "number" : type === "root" ? "the root of the unit" : "any unit";
  const facts = [
    ...inputs.map((each) => [
      `\`${each.name}\``,
      typeOf(each.type),
      each.default === undefined ? "" : String(each.default),
    ]),
    ["result", inputs[0].type === "same" && output === "same" ? "the same unit" : typeOf(output), ""],
  ];
  const cell = (value: number | null): string => (value === null ? "–" : String(value));
  return paragraphs(
    `## ${name}`,
    `${summary}. ${description}`,
    fence("text", usage),
    table(["name", "type", "default"], facts),
    table(
      [name, "result"],
      examples.map((each) => [each.inputs.map(cell).join(", "), cell(each.output)]),
    ),
    `Source: ${source}.`,
  ).trimEnd();
}

function metricsPage(): string {
  return paragraphs(
    "# Metrics",
    "What a backtest reports, by the name used in `--assert` and in results. A metric that cannot be told is null, with the reason.",
    table(
      ["name", "what it is", "unit", "better", "formula", "source"],
      [...metrics.values()].map((each) => [
        `\`${each.name}\``,
        each.title,
        each.unit,
        each.better,
        each.formula,
        each.source,
      ]),
    ),
    "## Rolling figures",
    "What the report draws, and what the library has as `curves.rolling`: each is told anew at the end of every session, of the " +
      "sessions in a window that ends there. A window is half a year of sessions, or a quarter where the run is shorter than a year.",
    table(
      ["name", "what it is", "unit", "formula", "source"],
      rollingFigures.map((each) => [`\`${each.name}\``, each.title, each.unit, each.formula, each.source]),
    ),
    "## Markets it met",
    "`regimes` in a result, a grid of direction × volatility of the market: how much of the time, what the account and the market " +
      "earned in it, and the closed trades that were entered in it. The kind of a session is told by the sessions before it, so " +
      "nothing looks ahead.",
    "- Direction: the mean of the market's last 63 session returns lies further from 0 than its standard error, `up` or `down`; " +
      "else `sideways`. Nothing is tuned, and chance alone goes that far one time in three.\n" +
      "- Volatility: of the standard deviations of 21 session returns seen so far, less than a third lie below that of the last 21 " +
      "(`low`), more than two thirds (`high`), or between (`mid`).\n" +
      "- `untold` are the 84 sessions before there is enough to tell by.",
  );
}

function limitsPage(): string {
  const rows = limits.map(({ name, summary, unit, acts, lasts }) => [
    `\`${name}\``,
    summary,
    { ratio: "share", quantity: "units", count: "number" }[unit],
    acts === "at" ? "when it is reached" : "when an entry would go beyond",
    lasts === "session" ? "to the end of the session" : "as long as it is so",
  ]);
  return paragraphs(
    "# Limits",
    "What `limit` in a program may watch, and how long a limit that acts holds; with `halt` it is for good. How it is " +
      "written, and what it does, is on the page of [the language](../language.md#limits).",
    table(["limit", "what it measures", "in", "acts", "holds"], rows),
  );
}

function gatesPage(): string {
  const example = ({ name, example: given }: Gate): string =>
    `\`${JSON.stringify({ gate: name, ...given })
      .replaceAll(/"(\w+)":/g, " $1: ")
      .replaceAll("}", " }")}\``;
  return paragraphs(
    "# Risk gates",
    "What looks at every order before it goes to a venue, in paper and live trading; how rules are written and what the states mean " +
      "is on the page of [risk gates](../gates.md). None of them refuses an order that only reduces.",
    table(
      ["gate", "what it looks at", "its limit", "one limit for", "code"],
      gates.map((each) => [
        `\`${each.name}\``,
        each.summary,
        unitWords[each.unit],
        each.per.length === 0
          ? "the account"
          : each.per.map((per, i) => (i === 0 ? `**${per}**` : per)).join(", "),
        `\`${each.code}\``,
      ]),
    ),
    "Of several in `one limit for` the first is meant where a rule has no `per`.",
    table(
      ["gate", "a state that it brings about holds", "example"],
      gates.map((each) => [
        `\`${each.name}\``,
        each.lasts === "session" ? "to the end of the session day" : "until somebody resumes",
        example(each),
      ]),
    ),
    "## States",
    table(
      ["state", "what it is", "what may happen"],
      Object.entries(tradingStates).map(([state, { summary, next }]) => [
        `\`${state}\``,
        summary,
        Object.entries(next)
          .map(([happening, states]) => `${happening} → ${states.map((to) => `\`${to}\``).join(" or ")}`)
          .join("<br>"),
      ]),
    ),
    "## What is to be done",
    table(
      ["when a gate or somebody says", "what is done at once"],
      Object.entries(instructions).map(([name, { summary }]) => [`\`${name}\``, summary]),
    ),
  );
}

function weightsPage(): string {
  const rows = weightings.map(({ name, title, formula, capped, source }) => [
    `\`${name}(n)\``,
    title,
    formula,
    capped,
    source,
  ]);
  return paragraphs(
    "# Weights",
    "How `weight` in a `rebalance` can share the account by the last n returns of its members, whose covariance is Σ: that of the " +
      "sample, or with `shrunk` behind it drawn towards one correlation for all. What " +
      "these returns are, and who is left out, is on the page of [the language](../language.md#universes).",
    table(["weight", "what it is", "formula", "under `capped … redistributed`", "source"], rows),
  );
}

function equityFiltersPage(): string {
  const valueOf = ({ unit }: EquityFilterParameter, value: number): string =>
    unit === "ratio" ? `${value * 100}%` : String(value);
  return paragraphs(
    "# Equity filters",
    "What holds a system or leaves it in [`bf portfolio`](../portfolio.md). A filter looks at what the system would have " +
      "earned if it had always been held, and answers at the close of a session for the next one. None depends on how " +
      "large the account is.",
    table(
      ["filter", "when the system is on", "it can tell after"],
      equityFilters.map((each) => [`[\`${each.name}\`](#${each.name})`, each.summary, neededText(each)]),
    ),
    ...equityFilters.map((each) =>
      paragraphs(
        `## ${each.name}`,
        `${each.summary}.`,
        each.parameters.length === 0
          ? "It has no parameters."
          : table(
              ["parameter", "what it is", "in", "default", "from", "to"],
              each.parameters.map((of) => [
                `\`${of.name}\``,
                of.summary,
                of.unit === "ratio" ? "share" : of.unit,
                ...[of.default, of.least, of.most].map((value) => valueOf(of, value)),
              ]),
            ),
        `Source: ${each.source}.`,
      ).trimEnd(),
    ),
  );
}

function searchMethodsPage(): string {
  const defaultText = (option: MethodOption): string =>
    typeof option.default === "object" ? option.default.words : String(option.default);
  return paragraphs(
    "# Search methods",
    "How an optimiser chooses the values that it tries next. What may be tried are the [parameters](../language.md#parameters) of " +
      "the program that have a range, as far as every `require` holds; a parameter without a range keeps its default.",
    "A method asks for trials in batches, and hears of a batch when all of it is done. What it asks depends on the program, the " +
      "options, the seed and what came of earlier batches, and not on how many workers there are or which of them is done first. " +
      "No point is tried twice, but on more of the history where a method begins with less; where all points are tried, the search is " +
      "over. A study that is gone on with asks what it would " +
      "have asked had it never stopped, and more trials go on where fewer ended.",
    "A trial that failed, or whose objective is absent, is worse than any other. Where there are constraints, a trial for which " +
      "they hold is better than any for which they do not, and of those the one that is less far from it.",
    table(
      ["method", "what it does", "objectives"],
      searchMethods.map((each) => [`[\`${each.name}\`](#${each.name})`, each.summary, each.objectives]),
    ),
    "Which one to take:",
    [
      "- With a few hundred combinations try all of them: `grid`. It shows a plateau for what it is.",
      "- With a budget and no time to wait for batches, `sobol` or `latin_hypercube`; `random` where there are many choices.",
      "- With parameters that are numbers, and more than a few hundred trials, `cma_es`. Choices without an order are places on a " +
        "scale to it, so that with many of those `tpe` is better.",
      "- With some hundred trials of any kind of parameters, `tpe`. It learns less from trials that are asked for at once: `batch` 1 " +
        "is best where there is one worker. What it does before a trial grows with the trials so far, so that beyond a few " +
        "thousand the others are quicker.",
      "- With several objectives, `nsga2`.",
      "- With long histories, `successive_halving`, which looks at most points on a part of them.",
    ].join("\n"),
    "Any of them finds luck as easily as skill: the more trials, the better the best of them looks by chance alone.",
    ...searchMethods.map((each) =>
      paragraphs(
        `## ${each.name}`,
        `${each.title}. ${each.summary}.`,
        table(
          ["option", "what it is", "values", "default"],
          Object.entries(each.options).map(([name, option]) => [
            `\`${name}\``,
            option.summary,
            rangeText(option),
            defaultText(option),
          ]),
        ),
        `Source: ${each.source}.`,
      ).trimEnd(),
    ),
  );
}

/** With the parameters as they are left alone. */
function neededText({ needs, parameters }: EquityFilter): string {
  const { sessions, trades } = needs(parameters.map((each) => each.default));
  if (sessions !== undefined) return `${sessions} sessions by default`;
  return trades === undefined ? "the first session" : `${trades} closed trades by default`;
}

function calendarsPage(): string {
  const rows = calendars.map(({ name, summary, zone, sessionsPerYear, source }) => [
    `\`${name}\``,
    summary,
    zone,
    sessionsPerYear === null ? "as the bars say" : String(sessionsPerYear),
    source,
  ]);
  return paragraphs(
    "# Calendars",
    "Whose sessions are the days of a program that says `calendar`, or, where it says none, of an " +
      "[instrument](instruments.md) that does. Without either, days are those of the [setting](settings.md) `zone`.",
    table(["calendar", "when it trades", "zone", "sessions a year", "what is known, and from where"], rows),
  );
}

function ordersPage(): string {
  return paragraphs(
    "# Order types",
    "When and at what price each kind of order trades; the path inside a bar is a [setting](settings.md).",
    table(
      ["type", "meets the market", "slippage"],
      orderTypes.map((each) => [`\`${each.name}\``, each.summary, each.slips === true ? "yes" : "no"]),
    ),
    ...lifePart(),
  );
}

const happeningTexts: Readonly<Record<OrderHappening, string>> = {
  place: "its entry fills",
  fill_part: "a part of it fills",
  fill: "it fills",
  reduce: "it is cut to what the account can pay",
  cancel: "it is cancelled",
  reject: "it is rejected",
};

const isHappening = (name: string): name is OrderHappening => Object.hasOwn(happeningTexts, name);

function lifePart(): readonly string[] {
  const states = Object.entries(orderLife);
  const next = (of: (typeof states)[number][1]): string =>
    Object.entries(of.next)
      .map(
        ([happening, state]) =>
          `${isHappening(happening) ? happeningTexts[happening] : happening} → \`${state}\``,
      )
      .join("<br>");
  return [
    "## The life of an order",
    "`bf backtest --orders orders.csv`, and the library's `backtest` with `orders: true`, keep every order with the state that " +
      "it came to. Nothing else than this happens to one:",
    table(
      ["state", "what it is", "what may happen"],
      states.map(([state, each]) => [`\`${state}\``, each.summary, next(each) || "nothing"]),
    ),
    "Where more of an entry fills after what protected its first part is done, that is placed once more and begins a new life.",
    "An order is cancelled because:",
    Object.values(cancelReasons)
      .map((each) => `- ${each}`)
      .join("\n"),
  ];
}

function costsPage(): string {
  const rows = (given: readonly CostDefinition[], parameters: CostModels): string =>
    table(
      ["model", "what it costs", "who charges so, or who found it"],
      given.map(({ name, summary, source }) => [`\`${usageOf(name, parameters[name])}\``, summary, source]),
    );
  return paragraphs(
    "# Costs",
    "What a program says in `costs`, and settings say with `--set commission=…`, `--set slippage=…` and `--set carry=…`. " +
      "Models add up. What is an amount of money (`per_order(1)`, a least, a most) is money of the account, whatever currency " +
      "the instrument is in.",
    "## Commissions",
    rows(commissions, commissionModels),
    "## Slippages",
    rows(slippages, slippageModels),
    "## Costs of holding",
    rows(carries, carryModels),
  );
}

interface CostDefinition {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
}

function profilesPage(): string {
  return paragraphs(
    "# Profiles",
    "The conventions of other engines, for comparing results trade for trade: `fills { profile backtrader }`, or " +
      "`--set profile=backtrader`. The tests do so, with lists of trades that those engines made.",
    ...profiles.flatMap(({ name, summary, differs, source }) => [
      `## ${name}`,
      summary,
      ...(differs.length === 0 ? [] : [differs.map((each) => `- ${each}`).join("\n")]),
      `Source: ${source}`,
    ]),
  );
}

function settingsPage(): string {
  const rows = Object.entries(settingDefinitions).map(([name, { summary, expects, default: initial }]) => [
    `\`${name}\``,
    summary,
    expects,
    initial === null ? "none" : JSON.stringify(initial).replaceAll('"', ""),
  ]);
  return paragraphs(
    "# Settings",
    "What `--set name=value` and the library's `settings` accept.",
    table(["name", "what it is", "values", "default"], rows),
  );
}

function instrumentsPage(): string {
  const rows = Object.entries(termDefinitions).map(([name, { summary, expects }]) => [
    `\`${name}\``,
    summary,
    expects,
  ]);
  const changes = [
    "`changes`",
    "Other steps from a date on, oldest first: `[{ from: 2001-04-09, tick: 0.01 }]`",
    "a list of `from`, the date of the first session, with `tick`, `lot` or both",
  ];
  const kinds = Object.entries(instrumentKinds).map(([name, settles]) => [`\`${name}\``, `\`${settles}\``]);
  return paragraphs(
    "# Instruments",
    "What the file of `--instruments` says of each symbol, and the library's `instruments`. What is left out holds as the " +
      "[settings](settings.md) say it for all; under `*` stands what holds for every symbol that does not say it itself. " +
      "[instruments.md](../instruments.md) tells what it is for.",
    table(["name", "what it is", "values"], [...rows, changes]),
    "What a kind settles by:",
    table(["kind", "settles"], kinds),
  );
}

function diagnosticsPage(): string {
  const sections = Object.entries(messages).map(([code, { title, severity, explanation, wrong, right }]) =>
    paragraphs(
      `## ${code}`,
      `*${severity}: ${title}.* ${explanation}`,
      "Wrong:",
      fence(`bf error ${code}`, wrong),
      "Right:",
      fence("bf", right),
    ).trimEnd(),
  );
  return paragraphs(
    "# Diagnostics",
    "What the compiler reports. A code never changes its meaning.",
    ...sections,
  );
}

async function commandsPage(): Promise<string> {
  const io = {
    out: () => undefined,
    err: () => undefined,
    isTerminal: false,
    color: false,
    signal: new AbortController().signal,
  };
  const done = (): void => undefined;
  const root = await bf(io, done, []);
  const section = (command: ReturnType<typeof bfCompile>, title: string): string => {
    command.configureHelp({ helpWidth: 110 });
    let text = "";
    command.configureOutput({ writeOut: (part) => (text += part) });
    command.outputHelp();
    return paragraphs(`## ${title}`, fence("text", text)).trimEnd();
  };
  return paragraphs(
    "# Commands",
    ...root.commands.flatMap((each) => [
      section(each, `bf ${each.name()}`),
      ...each.commands.map((below) => section(below, `bf ${each.name()} ${below.name()}`)),
    ]),
    section(bfCompile(io, done), "bf-compile"),
  );
}

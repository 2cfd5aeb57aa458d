import { messages } from "@bitfever/lang";
import { calendars, metrics, settingDefinitions } from "@bitfever/engine";
import { limits } from "@bitfever/runtime";
import { functions } from "../packages/engine/src/functions/index.generated.js";
import { indicators } from "../packages/engine/src/indicators/index.generated.js";
import { orderTypes } from "../packages/engine/src/orders/index.generated.js";
import { bf } from "../packages/bitfever/src/cli/bf.js";
import { bfCompile } from "../packages/bitfever/src/cli/bf-compile.js";

/** The pages of `docs/reference`, by name, each from the definitions themselves. */
export const referencePages = (): [name: string, text: string][] => [
  ["calendars.md", calendarsPage()],
  ["commands.md", commandsPage()],
  ["diagnostics.md", diagnosticsPage()],
  ["functions.md", functionsPage()],
  ["indicators.md", indicatorsPage()],
  ["limits.md", limitsPage()],
  ["metrics.md", metricsPage()],
  ["orders.md", ordersPage()],
  ["settings.md", settingsPage()],
];

const paragraphs = (...parts: readonly string[]): string => `${parts.join("\n\n")}\n`;
const row = (cells: readonly string[]): string =>
  `| ${cells.map((each) => each.replaceAll("|", "\\|")).join(" | ")} |`;
const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(header), row(header.map(() => "---")), ...rows.map(row)].join("\n");
const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

const shownBars = 8;

type Listed = (typeof indicators)[number];

function indicatorsPage(): string {
  const contents = indicators.map((each) => [`[\`${each.name}\`](#${each.name})`, each.summary]);
  return paragraphs(
    "# Indicators",
    "Every function of the language that looks at more than one bar or at the fields of the bar; those of plain numbers are " +
      "[on their own page](functions.md). Series come first, then lengths and other numbers, which must be known before the " +
      "run. What stands after `=` is the default. The warm-up is counted from the first bar on which all inputs have a " +
      "value.",
    table(["function", "what it is"], contents),
    ...indicators.map(indicatorSection),
  );
}

function indicatorSection(indicator: Listed): string {
  const { name, summary, description, source, inputs, fields, parameters, outputs } = indicator;
  const named = [
    ...inputs.map((each) => each.name),
    ...parameters.map((each) => (each.default === undefined ? each.name : `${each.name} = ${each.default}`)),
  ];
  const usage = `${name}(${named.join(", ")})`;
  const typeOf = (type: string): string =>
    type === "same"
      ? "the unit of its input"
      : type === "square"
        ? "the square of the unit of its input"
        : type === "ratio"
          ? "number"
          : type;
  const facts = [
    ...inputs.map((each) => [`\`${each.name}\``, "series", typeOf(each.type)]),
    ...parameters.map((each) => [`\`${each.name}\``, "fixed", `${each.type}, at least ${each.minimum}`]),
    ...(fields.length === 0
      ? []
      : [[fields.map((each) => `\`${each}\``).join(" "), "read from the bar", "price"]]),
    ...outputs.map((each) => [
      outputs.length === 1 ? "result" : `\`.${each.name}\``,
      "output",
      typeOf(each.type),
    ]),
  ];
  const example = parameters.map((each) => each.default ?? Math.max(20, each.minimum));
  const warmup = `Warm-up${parameters.length === 0 ? "" : ` of \`${name}\` with ${example.join(", ")}`}: ${indicator.warmup(example)} bars.`;
  return paragraphs(
    `## ${name}`,
    `${summary}. ${description}`,
    fence("bf expression", usage.replaceAll(/ = [\d.]+/g, "")),
    table(["name", "kind", "type"], facts),
    fence("text", indicator.formula),
    [warmup, ...factsOf(indicator), `Source: ${source}.`].join(" "),
    ...indicator.examples.slice(0, 1).map((each) => exampleTable(indicator, each)),
  ).trimEnd();
}

const gapWords = {
  restart: "Behind a bar without a value it starts anew, as if history began there.",
  skip: "On a bar without a value it has none, and else it is as if that bar were not there.",
  spread: "It has no value on any bar whose window holds one without a value.",
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Sentences about where a value comes from, what a missing one does, what it costs and what others call it. */
function factsOf({ memory, seeding, gaps, cost, names = {} }: Listed): string[] {
  const called = [
    ...(names.talib === undefined ? [] : [`\`${names.talib}\` in TA-Lib`]),
    ...(names.pine === undefined ? [] : [`\`${names.pine}\` in Pine`]),
  ];
  return [
    ...(memory === "window" ? ["It is made of the bars of its warm-up and the newest alone."] : []),
    ...(memory === "endless" ? ["It goes on from all bars so far."] : []),
    ...(seeding === undefined ? [] : [seeding]),
    typeof gaps === "string" ? gapWords[gaps] : `A bar without a value: ${lowerFirst(gaps.described)}`,
    cost === "constant"
      ? "A bar costs the same whatever the length."
      : "A bar costs more the longer the window.",
    ...(called.length === 0 ? [] : [`It is called ${called.join(", ")}.`]),
  ];
}

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

function exampleTable({ name, parameters }: Listed, example: Listed["examples"][number]): string {
  const columns = [
    ...Object.entries(example.inputs),
    ...Object.entries(example.outputs).map(([output, values]) => [`→ ${output}`, values] as const),
  ];
  const title =
    parameters.length === 0
      ? name
      : `${name}, ${parameters.map((each, i) => `${each.name} ${example.parameters[i]}`).join(", ")}`;
  const cell = (value: number | null): string =>
    value === null ? "–" : String(Math.round(value * 1e6) / 1e6);
  // Of a long warm-up only the end says anything.
  const from = Math.max(0, columns[0][1].length - shownBars);
  return table(
    [title, ...columns[0][1].map((_, i) => `bar ${i}`).slice(from)],
    columns.map(([column, values]) => [column, ...values.map(cell).slice(from)]),
  );
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
    "Whose sessions are the days of a program that says `calendar`. Without one, days are those of the " +
      "[setting](settings.md) `zone`.",
    table(["calendar", "when it trades", "zone", "sessions a year", "what is known, and from where"], rows),
  );
}

function ordersPage(): string {
  return paragraphs(
    "# Order types",
    "When and at what price each kind of order trades; the path inside a bar is a [setting](settings.md).",
    table(
      ["type", "meets the market", "slippage"],
      orderTypes.map((each) => [`\`${each.name}\``, each.summary, each.slips ? "yes" : "no"]),
    ),
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

function commandsPage(): string {
  const io = {
    out: () => undefined,
    err: () => undefined,
    isTerminal: false,
    color: false,
    signal: new AbortController().signal,
  };
  const done = (): void => undefined;
  const root = bf(io, done);
  const section = (command: ReturnType<typeof bf>, title: string): string => {
    command.configureHelp({ helpWidth: 110 });
    let text = "";
    command.configureOutput({ writeOut: (part) => (text += part) });
    command.outputHelp();
    return paragraphs(`## ${title}`, fence("text", text)).trimEnd();
  };
  return paragraphs(
    "# Commands",
    ...root.commands.map((each) => section(each, `bf ${each.name()}`)),
    section(bfCompile(io, done), "bf-compile"),
  );
}

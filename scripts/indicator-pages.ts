import { readFileSync, readdirSync } from "node:fs";
import { barsOf, type Bars } from "@bitfever/engine";
import { evaluate, readBars, type EvaluatedColumn } from "../packages/bitfever/src/index.js";
import { indicators } from "../packages/engine/src/indicators/index.generated.js";
import { pineCoverage } from "./coverage-page.js";
import { picture } from "./indicator-picture.js";
import { fence, paragraphs, table } from "./markdown.js";

/*
 * The pages of `docs/reference/indicators`: what is defined in TypeScript and what the prelude defines in the language.
 * Each has a picture of an expression, computed on the sample bars.
 */

type Listed = (typeof indicators)[number];

/** A function as it is written in a program, and what is known of it. */
interface Subject {
  readonly name: string;
  readonly summary: string;
  readonly expression: string;
  readonly talib: string | null;
}

const root = new URL("..", import.meta.url).pathname;
const daily = await readBars(`${root}examples/data/SYNTHETIC-1d.csv`);
const intraday = await readBars(`${root}examples/data/SYNTHETIC-15m.csv`);
const shownBars = 90;
const shownCandles = 24;

/** Arguments that cannot be told from a signature alone. */
const written: Readonly<Record<string, string>> = {
  anchor: "session_bar == 0",
  condition: "close crosses above sma(close, 20)",
  periods: "barssince(close crosses above sma(close, 20))",
  percentage: "75",
  left: "5",
  right: "5",
};

const ofPrelude: Readonly<Record<string, string>> = {
  zscore: "zscore(close, 20)",
  growth: "growth(close)",
  position_in_range: "position_in_range(close, 20)",
  bandwidth: "bandwidth(close)",
  percent_b: "percent_b(close)",
  donchian: "donchian()",
  ichimoku: "ichimoku()",
  volatility_target: "volatility_target(0.1, 20, 252)",
  lasting: "lasting(close > open, 2)",
  times: "times(close > open, 10)",
};

const valueOf = ({ name, type, minimum, default: initial }: Listed["parameters"][number]): number =>
  initial ?? (name in written ? Number(written[name]) : type === "bars" ? Math.max(20, minimum) : minimum);

function expressionOf({ name, inputs, parameters }: Listed): string {
  const series = inputs.filter((each) => !(each.name in written));
  const free = series.length > 1 ? ["high", "low"] : ["close"];
  const given = inputs.map((each) => written[each.name] ?? free[series.indexOf(each)]);
  const firstChoice = parameters.findIndex(({ type }) => type === "choice");
  const numbers = parameters.flatMap((each, i) => {
    if (each.type === "choice") return [];
    const isNamed = firstChoice >= 0 && i > firstChoice;
    return [`${isNamed ? `${each.name}: ` : ""}${valueOf(each)}`];
  });
  return `${name}(${[...given, ...numbers].join(", ")})`;
}

const talibOf = ({ name, names, source }: Listed): string | null =>
  names?.talib ??
  /TA-Lib 0\.6 ([A-Z][A-Z0-9_]*)/.exec(source)?.[1] ??
  (name.startsWith("cdl") ? name.toUpperCase() : null);

const pine = pineCoverage().filter(({ name }) => name.startsWith("ta."));
const pineOf = (name: string): typeof pine =>
  pine.filter(({ expression = "" }) => new RegExp(String.raw`^${name}\([^()]*\)(\.\w+)?$`).test(expression));

interface PreludeFunction {
  readonly name: string;
  readonly comment: string;
  readonly code: string;
}

function preludeFunctions(): readonly PreludeFunction[] {
  const folder = `${root}packages/lang/prelude/`;
  return readdirSync(folder)
    .sort()
    .flatMap((file) => readFileSync(`${folder}${file}`, "utf8").trimEnd().split("\n\n"))
    .flatMap((block) => {
      const lines = block.split("\n");
      const code = lines.filter((line) => !line.startsWith("//")).join("\n");
      const name = /^fn (\w+)/.exec(code)?.[1];
      if (name === undefined) return [];
      const comment = lines.filter((line) => line.startsWith("//")).map((line) => line.slice(3));
      return [{ name, comment: comment.join(" "), code }];
    });
}

/** Every page and picture under `docs/reference`, by path. */
export function indicatorPages(): [path: string, text: string][] {
  const listed = indicators.map((indicator) => ({
    subject: {
      name: indicator.name,
      summary: indicator.summary,
      expression: expressionOf(indicator),
      talib: talibOf(indicator),
    },
    describe: (subject: Subject) => indicatorPage(indicator, subject),
  }));
  const inLanguage = preludeFunctions().map((definition) => ({
    subject: {
      name: definition.name,
      summary: definition.comment.split(/[.:]/)[0],
      expression: ofPrelude[definition.name] ?? `${definition.name}()`,
      talib: null,
    },
    describe: (subject: Subject) => preludePage(definition, subject),
  }));
  const all = [...listed, ...inLanguage].sort((a, b) => (a.subject.name < b.subject.name ? -1 : 1));
  return [
    ["indicators.md", contentsPage(all.map((each) => each.subject))],
    ...all.flatMap(({ subject, describe }): [string, string][] => {
      const { name } = subject;
      return [
        [`indicators/${name}.md`, describe(subject)],
        [`indicators/${name}.svg`, pictureOf(subject)],
      ];
    }),
  ];
}

function contentsPage(subjects: readonly Subject[]): string {
  return paragraphs(
    "# Indicators",
    "Every function of the language that looks at more than one bar or at the fields of the bar; those of plain numbers are " +
      "[on their own page](functions.md). Series come first, then lengths and other numbers, which must be known before the " +
      "run. A name of TA-Lib or Pine stands where they have the same or nearly the same; the page says what differs. " +
      "[All names of Pine](../coverage/pine.md) have a page of their own.",
    "Sums that run along with the bars are added up anew every 65,536 bars, so that their roundings do not pile up: after ten " +
      "million bars every value is within a billionth of one computed from its own window. A value never depends on how the " +
      "bars are cut into blocks.",
    table(
      ["function", "what it is", "TA-Lib", "Pine"],
      subjects.map(({ name, summary, talib }) => [
        `[\`${name}\`](indicators/${name}.md)`,
        summary,
        talib === null ? "" : `\`${talib}\``,
        pineOf(name)
          .map((each) => `\`${each.name}\``)
          .join(", "),
      ]),
    ),
  );
}

const isIntraday = (expression: string): boolean => expression.includes("session_bar");
const barsFor = (expression: string): Bars => (isIntraday(expression) ? intraday : daily);

function pictureOf({ name, expression }: Subject): string {
  const columns = evaluate(expression, barsFor(expression));
  if (!name.startsWith("cdl")) {
    const bars = barsFor(expression);
    return picture(bars, linesOf(columns), [bars.length - shownBars, bars.length]);
  }
  for (const bars of [daily, intraday]) {
    const found = linesOf(evaluate(expression, bars));
    const at = found[0].values.findIndex((value, bar) => (value > 0 || value < 0) && bar > shownCandles);
    if (at < 0) continue;
    const from = Math.min(at - (2 * shownCandles) / 3, bars.length - shownCandles);
    return picture(bars, found, [from, from + shownCandles], true);
  }
  // It is too rare for the sample: its own example shows it.
  const example = indicators
    .find((each) => each.name === name)
    ?.examples.find(({ outputs }) => outputs["value"].some((value) => value !== null && value !== 0));
  if (example === undefined) throw new Error(`${name} has no example in which it occurs`);
  const field = (of: string): Float64Array => Float64Array.from(example.inputs[of], (value) => value ?? NaN);
  const [open, high, low, close] = ["open", "high", "low", "close"].map(field);
  const values = Float64Array.from(example.outputs["value"], (value) => value ?? NaN);
  const bars = barsOf("EXAMPLE", { time: close, open, high, low, close, volume: close });
  const lines = [{ name: "value", values, isPrice: false }];
  return picture(bars, lines, [Math.max(0, close.length - shownCandles), close.length], true);
}

const linesOf = (columns: readonly EvaluatedColumn[]) =>
  columns.map(({ name, unit, values }) => ({ name, values, isPrice: unit === "price" }));

const pastBars = 500;

/**
 * After how many bars what came before them makes less than a billionth of a value: the sample is begun in two ways.
 * `null` where it still does at its end.
 */
function forgottenAfter(expression: string): number | null {
  const bars = barsFor(expression);
  const changed = (column: Float64Array): Float64Array =>
    Float64Array.from(column, (value, bar) => (bar < pastBars ? 1.5 * column[pastBars - 1 - bar] : value));
  const { symbol, time, open, high, low, close, volume } = bars;
  const [o, h, l, c, v] = [open, high, low, close, volume].map(changed);
  const other = barsOf(symbol, { time, open: o, high: h, low: l, close: c, volume: v });
  const [a, b] = [bars, other].map((each) => evaluate(expression, each));
  let last = pastBars - 1;
  a.forEach(({ values }, i) => {
    const size = Math.max(...values.map((value) => Math.abs(value) || 0));
    const differs = (value: number, bar: number): boolean =>
      bar >= pastBars &&
      !(Math.abs(value - b[i].values[bar]) <= 1e-9 * size) &&
      !(value !== value && b[i].values[bar] !== b[i].values[bar]);
    last = Math.max(last, values.findLastIndex(differs));
  });
  return last >= bars.length - shownBars ? null : last + 1 - pastBars;
}

const gapWords = {
  restart: "Behind a bar without a value it starts anew, as if history began there.",
  skip: "On a bar without a value it has none, and else it is as if that bar were not there.",
  spread: "It has no value on any bar whose window holds one without a value.",
};

const ofWindow = "It is made of the bars of its warm-up and the newest alone.";

function endlessMemory(expression: string): string {
  const after = forgottenAfter(expression);
  return after === null
    ? "It goes on from all bars so far, and does not forget where history began."
    : `It goes on from all bars so far: on the sample, what came before the last ${after} makes less than a billionth.`;
}

const barCount = (count: number): string => (count === 1 ? "1 bar" : `${count} bars`);

function indicatorPage(indicator: Listed, { name, summary, expression, talib }: Subject): string {
  const { description, source, inputs, fields, parameters, outputs, memory, seeding, gaps, cost, formula } =
    indicator;
  const typeOf = (type: string): string =>
    type === "same"
      ? "the unit of its input"
      : type === "square"
        ? "the square of the unit of its input"
        : type === "ratio"
          ? "number"
          : type;
  const facts = [
    ...inputs.map((each) => [`\`${each.name}\``, "series", typeOf(each.type), ""]),
    ...parameters.map((each) => [
      `\`${each.name}\``,
      "fixed",
      each.type === "choice"
        ? each.choices.map((choice) => `\`${choice}\``).join(", ")
        : `${each.type}, at least ${each.minimum}`,
      each.default === undefined
        ? ""
        : each.type === "choice"
          ? `\`${each.choices[each.default]}\``
          : String(each.default),
    ]),
    ...fields.map((each) => [
      `\`${each}\``,
      "read from the bar",
      each === "volume" ? "quantity" : "price",
      "",
    ]),
    ...outputs.map((each) => [
      outputs.length === 1 ? "result" : `\`.${each.name}\``,
      "output",
      `${typeOf(each.type)}${each.isDistance === true ? ", a distance" : ""}`,
      "",
    ]),
  ];
  const usage = `${name}(${[...inputs, ...parameters].map((each) => each.name).join(", ")})`;
  const warmup = indicator.warmup(parameters.map(valueOf));
  const items = [
    `**Warm-up** of \`${expression}\`: ${barCount(warmup)}. ${memory === "window" ? ofWindow : endlessMemory(expression)}`,
    ...(seeding === undefined ? [] : [`**Seeding.** ${seeding}`]),
    `**A bar without a value.** ${typeof gaps === "string" ? gapWords[gaps] : gaps.described}`,
    `**Cost.** ${cost === "constant" ? "A bar costs the same whatever the length." : "A bar costs more the longer the window."}`,
    ...(talib === null ? [] : [`**In TA-Lib** it is \`${talib}\`.`]),
    ...inPine(name),
    `**Source.** ${source}.`,
  ];
  return paragraphs(
    `# ${name}`,
    `${summary}. ${description}`,
    `![${expression} on the sample](${name}.svg)`,
    `The picture shows \`${expression}\`.`,
    fence("bf expression", usage),
    table(["name", "kind", "type", "default"], facts),
    fence("text", formula),
    items.map((each) => `- ${each}`).join("\n"),
    ...indicator.examples.slice(0, 1).map((each) => exampleTable(indicator, each)),
  );
}

/** Names are the same or nearly: what is not the same has a note. */
function inPine(name: string): string[] {
  return pineOf(name).map((each) => {
    const note = each.note === undefined ? "" : ` ${each.note}`;
    const is = each.status === "same" ? "it is" : "what differs is";
    return `**In Pine** ${is} \`${each.name}\`.${note}`;
  });
}

function preludePage({ name, comment, code }: PreludeFunction, { expression }: Subject): string {
  const columns = evaluate(expression, daily);
  const warmup = Math.max(...columns.map(({ values }) => values.findIndex((value) => !Number.isNaN(value))));
  const isOfWindow = (forgottenAfter(expression) ?? Infinity) <= warmup;
  return paragraphs(
    `# ${name}`,
    comment,
    `![${expression} on the sample](${name}.svg)`,
    `The picture shows \`${expression}\`. The function is written in the language:`,
    fence("bf", code),
    [
      `- **Warm-up** of \`${expression}\`: ${barCount(warmup)}. ${isOfWindow ? ofWindow : endlessMemory(expression)}`,
      "- Its units, gaps and cost are those of what it is made of.",
      ...inPine(name).map((each) => `- ${each}`),
    ].join("\n"),
  );
}

const exampleBars = 8;

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
  const from = Math.max(0, columns[0][1].length - exampleBars);
  return table(
    [title, ...columns[0][1].map((_, i) => `bar ${i}`).slice(from)],
    columns.map(([column, values]) => [column, ...values.map(cell).slice(from)]),
  );
}

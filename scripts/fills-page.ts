import { readFileSync } from "node:fs";
import {
  idOf,
  pathsOf,
  readFillTables,
  type FillClauses,
  type FillRow,
  type FillTable,
  type Sent,
} from "../test/conformance/fill-table.js";
import { blockText, clauseTexts, formText, percent } from "./order-text.js";
import { fence, paragraphs, table } from "./markdown.js";

/** docs/reference/fills.md: the tables of fills, each row as the bars with what happens in them. */
export function fillsPage(): string {
  const { tables } = readFillTables();
  const count = tables.reduce((sum, { rows }) => sum + rows.length, 0);
  return paragraphs(
    "# Fills, case by case",
    `When an order fills and at what price, in ${count} cases that were worked out by hand from [the rules](../language.md#costs-and-fills); ` +
      "the tests run every one of them. They are data: " +
      "[`conformance/fill-tables.json`](../../conformance/fill-tables.json), whose words are described " +
      "[beside it](../../conformance/README.md#the-tables-of-fills), so that another engine can run them too.",
    "A line is a bar: its open, high, low and close, what happens in it, and behind “sent:” what is sent at its close, which meets " +
      "the market from the next bar on. Where nothing else is said, the story is the same along every " +
      "[path](../language.md#costs-and-fills) inside the bars, prices are steps of 0.5, quantities whole units and money cents, " +
      "trading is free and the account has a million. Nearly every case also holds upside down, for the other side.",
    table(
      ["table", "cases", "what it shows"],
      tables.map(({ title, about, rows }) => [`[${title}](#${anchorOf(title)})`, String(rows.length), about]),
    ),
    ...tables.map(tableSection),
  );
}

const language = readFileSync(new URL("../docs/language.md", import.meta.url), "utf8");

/** The anchor of the section in which a rule of the language stands. */
function sectionOf(rule: string): string {
  const before = language.slice(0, language.indexOf(`[${rule}]`));
  const [title = ""] = [...before.matchAll(/^## (.*)$/gm)].map((each) => each[1]).slice(-1);
  return anchorOf(title);
}

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");

function tableSection({ title, about, shows, rows }: FillTable): string {
  return paragraphs(
    `## ${title}`,
    `${about} (${shows.map((each) => `[${each}](../language.md#${sectionOf(each)})`).join(", ")})`,
    ...rows.map(rowSection),
  ).trimEnd();
}

function rowSection(row: FillRow): string {
  const settings = settingsOf(row);
  const first = row.title.charAt(0).toUpperCase() + row.title.slice(1);
  return paragraphs(
    `**${first}.**${settings.length === 0 ? "" : ` With ${listed(settings)}.`}${row.note === undefined ? "" : ` ${row.note}`}`,
    fence("text", storyText(row)),
  ).trimEnd();
}

function storyText(row: FillRow): string {
  const groups = Object.entries(row.expected);
  const [[paths, told]] = groups;
  if (paths === "all") return timeline(row, told);
  return [
    timeline(row, []),
    ...groups.flatMap(([names, lines]) => [
      `along ${listed(pathsOf(names))}:`,
      ...(lines.length === 0 ? ["  nothing"] : lines.map((each) => `  ${each}`)),
    ]),
  ].join("\n");
}

/** A bar on a line, with what happens in it and what is sent at its close; more than one thing stands below. */
function timeline({ bars, volumes, session_bars: places, sent }: FillRow, told: readonly string[]): string {
  const columns: [name: string, cells: readonly (string | number)[]][] = [
    ["bar", bars.map((_, at) => at)],
    ...(places === undefined ? [] : [["of its session", places] satisfies (typeof columns)[number]]),
    ...["open", "high", "low", "close"].map((name, k): [string, number[]] => [
      name,
      bars.map((bar) => bar[k]),
    ]),
    ...(volumes === undefined ? [] : [["volume", volumes] satisfies (typeof columns)[number]]),
  ];
  const widths = columns.map(([name, cells]) =>
    Math.max(name.length, ...cells.map((each) => String(each).length)),
  );
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((each, k) => String(each).padStart(widths[k])).join("  ");
  const blank = " ".repeat(line(columns.map(([name]) => name)).length);
  const rows = bars.flatMap((_, at) => {
    const happens = eventsOf(told, "bar", at);
    const atClose = sent
      .filter((each) => (each.at ?? 0) === at)
      .map((each) => `sent: ${sentText(each)}`)
      .concat(eventsOf(told, "close", at).map((each) => `at the close: ${each}`));
    const [head = "", ...rest] = [...happens, ...atClose];
    const start = line(columns.map(([, cells]) => cells[at] ?? ""));
    return [`${start}   ${head}`, ...rest.map((each) => `${blank}   ${each}`)].map((each) => each.trimEnd());
  });
  return [line(columns.map(([name]) => name)), ...rows].join("\n");
}

const eventsOf = (told: readonly string[], when: "bar" | "close", at: number): string[] =>
  told
    .filter((each) => each.startsWith(`${when} ${at}: `))
    .map((each) => each.slice(`${when} ${at}: `.length));

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;

/** An order as a rule of the language says it, without its condition. */
function sentText(sent: Sent): string {
  const { enter, exit, cancel, replaces, quantity } = sent;
  if (cancel !== undefined) return `cancel ${JSON.stringify(cancel)}`;
  const way = enter === undefined ? `exit ${exit ?? ""}` : `enter ${enter}`;
  const name = sent.id === undefined ? "" : ` ${JSON.stringify(idOf(sent))}`;
  const size = quantity === undefined ? [] : [`${enter === undefined ? "take" : "size"} ${quantity}`];
  const clauses = [...size, ...clauseTexts(sent, (bar) => `bar ${bar} opens`)];
  const place = replaces === undefined ? "" : `, in the place of ${JSON.stringify(replaces)}`;
  return `${way}${name}${formText(sent)}${blockText(clauses)}${place}`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** What is not as usual. */
function settingsOf({ fills = {}, costs = {}, capital, instrument = {}, interval, only }: FillRow): string[] {
  const { tick, lot, multiplier, money_decimals: decimals } = instrument;
  return [
    ...fillsText(fills),
    ...(costs.commission === undefined ? [] : [`commission ${costs.commission}`]),
    ...(costs.slippage === undefined ? [] : [`slippage ${costs.slippage}`]),
    ...(capital === undefined ? [] : [`capital ${capital.toLocaleString("en-US")}`]),
    ...(tick === undefined ? [] : [`ticks of ${tick}`]),
    ...(lot === undefined ? [] : [`lots of ${lot}`]),
    ...(multiplier === undefined ? [] : [`${multiplier} times the price as value of a unit`]),
    ...(decimals === undefined ? [] : [`${counted(decimals, "decimal")} of money`]),
    ...(interval === undefined ? [] : [`bars of ${interval}`]),
    ...(only === "given" ? ["nothing rounded"] : []),
  ];
}

const fillTexts: Readonly<Record<keyof FillClauses, (value: unknown) => string>> = {
  through: (ticks) => `limits ${counted(Number(ticks), "tick")} through`,
  on_close: () => "fills on close",
  hedging: () => "hedging",
  latency: (bars) => `a latency of ${counted(Number(bars), "bar")}`,
  volume: (share) => `${percent(Number(share))} of the volume`,
  touch: (share) => `${percent(Number(share))} probability at the touch`,
  protects: (when) =>
    when === "next_bar"
      ? "protection from the next bar on"
      : "protection from the next bar on after an entry that rested",
  protection_first: () => "protection before all else",
  stops_slip: () => "no slippage for stops",
  settles_entries: () => "entries settled when they are placed",
  buys_first: () => "buys first",
  margin: (share) => `a margin of ${percent(Number(share))}`,
  maintenance_margin: (share) => `a maintenance margin of ${percent(Number(share))}`,
  margin_call: () => "margin calls that reduce",
};

const isClause = (name: string): name is keyof FillClauses => Object.hasOwn(fillTexts, name);

const fillsText = (fills: FillClauses): string[] =>
  Object.entries(fills).map(([name, value]) => (isClause(name) ? fillTexts[name](value) : name));

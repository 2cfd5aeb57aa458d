import {
  idOf,
  mirrored,
  pathsOf,
  targetsOf,
  type FillRow,
  type FillTable,
  type Sent,
} from "../test/conformance/fill-table.js";
import { blockText, clauseTexts, formText, percent } from "./order-text.js";
import type { BarTable, Case, ExpectedFill } from "../test/conformance/case.js";

/* The tables of fills, written as programs. What a program cannot say, or says otherwise, is left out. */

interface Story {
  readonly table: BarTable;
  readonly story: Omit<Case, "bars">;
}

const line =
  /^(?:bar|close) (\d+): (buy|sell) (\S+) at (\S+) (opens|closes) \((\w+)(?:, ambiguous)?\)(?:, commission \S+)?$/;

/** The fills of a story, and how many of them are ambiguous. */
function fillsOf(told: readonly string[]): { fills: ExpectedFill[]; ambiguousFills: number } {
  const fills = told.flatMap((each): ExpectedFill[] => {
    const [, bar, side, quantity, price] = line.exec(each) ?? [];
    if (side !== "buy" && side !== "sell") return [];
    return [{ bar: Number(bar) + 1, side, quantity: Number(quantity), price: Number(price) }];
  });
  return { fills, ambiguousFills: told.filter((each) => each.includes("ambiguous")).length };
}

function tableOf({ bars, volumes, session_bars: places, interval = "1m" }: FillRow): BarTable {
  const at = (k: 0 | 1 | 2 | 3): number[] => bars.map((bar) => bar[k]);
  const prices = { open: at(0), high: at(1), low: at(2), close: at(3) };
  const columns = volumes === undefined ? prices : { ...prices, volume: [...volumes] };
  // Sessions are days: the bars are hours, and one that begins a session opens at midnight.
  if (places === undefined) return { interval, start: "2024-01-01T00:00Z", columns };
  let day = 1;
  const time = places.map((place, i) => {
    if (place === 0 && i > 0) day++;
    return `2024-01-0${day}T0${place}:00Z`;
  });
  return { interval: "1h", columns: { time, ...columns } };
}

/** The signed position after each bar. */
function positions(fills: readonly ExpectedFill[], bars: number): number[] {
  return Array.from({ length: bars }, (_, i) =>
    fills
      .filter(({ bar }) => bar <= i + 1)
      .reduce((sum, { side, quantity = 0 }) => sum + (side === "buy" ? quantity : -quantity), 0),
  );
}

/** Whether a program would send these orders just so: rules look at what is held, orders of a venue do not. */
function canBeSaid({ sent, bars }: FillRow, held: readonly number[]): boolean {
  const isRepeat = sent.some((each, i) =>
    sent
      .slice(0, i)
      .some((other) => each.enter !== undefined && other.enter !== undefined && idOf(other) === idOf(each)),
  );
  // A rule sends anew; the place of an order that has filled, or never was, is nothing it asks for.
  const isLate = sent.some(
    ({ replaces, at = 0 }) =>
      replaces !== undefined && (held[at] !== 0 || sent.every((each) => idOf(each) !== replaces)),
  );
  if (isRepeat || isLate) return false;
  return sent.every((each, i) => {
    const { at = 0, enter, exit, cancel, pyramid = 1, stop } = each;
    const before = sent.slice(0, i).filter((other) => (other.at ?? 0) === at);
    if (cancel !== undefined)
      return sent.some((other) => other.enter !== undefined && other.id === cancel && other.at !== at);
    const sign = held[at] * ((enter ?? exit) === "long" ? 1 : -1);
    if (exit !== undefined) {
      const { quantity = 0 } = each;
      // A share is said in hundredths of a percent, and of no more than there is.
      const isShare = quantity <= Math.abs(held[at]) && (quantity * 10_000) % held[at] === 0;
      return sign > 0 && isShare && before.every((other) => other.exit === undefined);
    }
    const isSecond = isAtMarket(each) && before.some(isAtMarket);
    // Protection on the wrong side of the price is refused before anything is sent.
    const way = enter === "long" ? 1 : -1;
    const from = each.price ?? bars[at][3];
    const stopPrice = typeof stop === "object" ? stop.at : stop;
    const isBeyond =
      (stopPrice !== undefined && (from - stopPrice) * way <= 0) ||
      targetsOf(each).some((target) => (target.at - from) * way <= 0);
    return (pyramid > 1 || sign <= 0) && !isSecond && !isBeyond;
  });
}

const isAtMarket = ({ enter, type = "market" }: Sent): boolean => enter !== undefined && type === "market";

function ruleOf(sent: Sent, held: readonly number[]): string {
  const { enter, exit, cancel, at = 0, quantity } = sent;
  const when = `when bar_index == ${at}`;
  if (cancel !== undefined) return `cancel ${JSON.stringify(cancel)} ${when}`;
  const tag = JSON.stringify(sent.replaces ?? idOf(sent));
  // The bars are minutes.
  const clauses = clauseTexts(sent, (bar) => `time + ${bar - at}m`);
  if (exit !== undefined) {
    const share = quantity === undefined ? [] : [`take ${percent(quantity / Math.abs(held[at]))}`];
    return `exit ${exit} ${tag}${formText(sent)} ${when}${blockText([...share, ...clauses])}`;
  }
  const isProtected = sent.stop !== undefined || sent.trail !== undefined;
  const block = blockText([`size ${quantity ?? 1}`, ...clauses, ...(isProtected ? [] : ["unprotected"])]);
  return `enter ${enter ?? "long"} ${tag}${formText(sent)} ${when}${block}`;
}

/** What a program and its settings say of the rules of a venue; null for rules that only come together in a profile. */
function ruledBy({ fills = {} }: FillRow): {
  readonly clauses: readonly string[];
  readonly settings: Readonly<Record<string, number | string>>;
} | null {
  const {
    through,
    on_close: onClose,
    hedging,
    volume,
    latency,
    touch,
    protects = "at_once",
    protection_first: isFirst,
  } = fills;
  const { settles_entries: settles, buys_first: buysFirst = false, stops_slip: stopsSlip } = fills;
  const { margin, maintenance_margin: maintenance = 0, margin_call: call } = fills;
  const isSettled = settles === "at_placement";
  if (isFirst === true || stopsSlip === false || isSettled !== buysFirst) return null;
  const profiles = { at_once: null, next_bar: "backtrader", next_bar_after_resting: "backtesting_py" };
  const profile = isSettled ? "tradingview" : profiles[protects];
  return {
    clauses: [
      ...(through === undefined ? [] : [`limit through ${through} ticks`]),
      ...(onClose === undefined ? [] : ["on close"]),
      ...(hedging === undefined ? [] : ["hedging"]),
      ...(volume === undefined ? [] : [`volume ${percent(volume)}`]),
      ...(latency === undefined ? [] : [`latency ${latency}`]),
      ...(touch === undefined ? [] : [`touch ${percent(touch)}`]),
      ...(profile === null ? [] : [`profile ${profile}`]),
    ],
    settings:
      margin === undefined
        ? {}
        : { margin, maintenance_margin: maintenance, ...(call && { margin_call: call }) },
  };
}

function programOf(table: FillTable, row: FillRow, path: string, name: string): Story[] {
  const [, told] =
    Object.entries(row.expected).find(([paths]) => pathsOf(paths).some((each) => each === path)) ?? [];
  if (told === undefined) return [];
  const ruled = ruledBy(row);
  const { fills, ambiguousFills } = fillsOf(told);
  const held = positions(fills, row.bars.length);
  if (ruled === null || !canBeSaid(row, held)) return [];
  const { capital = 1_000_000, only, costs = {}, instrument = {} } = row;
  const rules = [
    ...(ruled.clauses.length > 0 ? [`fills { ${ruled.clauses.join(" ")} }`] : []),
    ...row.sent.map((each) => ruleOf(each, held)),
  ];
  const steps = only === "given" ? {} : { tick: 0.5, lot: 1, money_decimals: 2 };
  return [
    {
      table: tableOf(row),
      story: {
        id: `fills/${inAName(table.title)}/${inAName(row.title)}/${name}`,
        rules: table.shows,
        note: `${row.title} (${name})`,
        program: `strategy "Orders" {\n${rules.map((each) => `  ${each}\n`).join("")}}\n`,
        settings: {
          path,
          ...steps,
          ...instrument,
          initial_capital: capital,
          ...costs,
          ...ruled.settings,
        },
        expect: { fills, counts: { ambiguousFills } },
      },
    },
  ];
}

const inAName = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");

/** A row along its paths, of which two are enough where all tell the same, and once more upside down. */
export function programsOf(table: FillTable, row: FillRow): Story[] {
  const paths = "all" in row.expected ? (["nearest", "ohlc"] as const) : pathsOf("all");
  const turned = mirrored(row);
  return [
    ...paths.flatMap((path) => programOf(table, row, path, path)),
    ...(turned === null ? [] : programOf(table, turned, "olhc", "upside-down")),
  ];
}

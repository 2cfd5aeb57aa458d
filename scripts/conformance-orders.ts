import type { FormCase, FormSent } from "../packages/engine/test/execution/form-tables.js";
import type { FillCase, Sent } from "../packages/engine/test/execution/fill-tables.js";
import type { BarTable, Case, ExpectedFill } from "../test/conformance/case.js";

/* The tables of fills, written as programs. What a program cannot say, or says otherwise, is left out. */

interface Story {
  readonly table: BarTable;
  readonly story: Omit<Case, "id" | "bars">;
}

type Row = readonly [open: number, high: number, low: number, close: number, place?: number];
type Orders = readonly FormSent[];

const line =
  /^(?:bar|close) (\d+): (buy|sell) (\S+) at (\S+) (opens|closes) \((\w+)(?:, ambiguous)?\)(?:, commission \S+)?$/;

/** The fills of a story, and how many of them are ambiguous. */
function fillsOf(told: readonly string[], flip: boolean): { fills: ExpectedFill[]; ambiguousFills: number } {
  const fills = told.flatMap((each): ExpectedFill[] => {
    const [, bar, side, quantity, price] = line.exec(each) ?? [];
    if (bar === undefined) return [];
    const turned = flip ? 200 - Number(price) : Number(price);
    return [
      {
        bar: Number(bar) + 1,
        side: (side === "buy") !== flip ? "buy" : "sell",
        quantity: Number(quantity),
        price: turned,
      },
    ];
  });
  return { fills, ambiguousFills: told.filter((each) => each.includes("ambiguous")).length };
}

function tableOf(rows: readonly Row[], flip: boolean, volumes?: readonly number[]): BarTable {
  const turn = (price: number): number => (flip ? 200 - price : price);
  const [top, bottom] = flip ? ([2, 1] as const) : ([1, 2] as const);
  const at = (k: 0 | 1 | 2 | 3): number[] => rows.map((row) => turn(row[k]));
  const prices = { open: at(0), high: at(top), low: at(bottom), close: at(3) };
  const columns = volumes === undefined ? prices : { ...prices, volume: [...volumes] };
  // Sessions are days: the bars are hours, and one that begins a session opens at midnight.
  if (rows.every((row) => row[4] === undefined))
    return { interval: "1m", start: "2024-01-01T00:00Z", columns };
  let day = 1;
  const time = rows.map((row, i) => {
    if (row[4] === 0 && i > 0) day++;
    return `2024-01-0${day}T0${row[4] ?? 0}:00Z`;
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
function canBeSaid(orders: Orders, held: readonly number[], bars: readonly Row[], flip: boolean): boolean {
  return orders.every((each, i) => {
    const { at = 0, enter, exit, cancel, entries = 1, stop, targets = [] } = each;
    const before = orders.slice(0, i).filter((other) => (other.at ?? 0) === at);
    if (cancel !== undefined)
      return orders.some((other) => other.enter !== undefined && other.id === cancel && other.at !== at);
    const sign = (flip ? -held[at] : held[at]) * ((enter ?? exit) === "long" ? 1 : -1);
    if (exit !== undefined) return sign > 0 && before.every((other) => other.exit === undefined);
    const isSecond = isAtMarket(each) && before.some(isAtMarket);
    // Protection on the wrong side of the price is refused before anything is sent.
    const way = enter === "long" ? 1 : -1;
    const from = each.price ?? bars[at][3];
    const isBeyond =
      (stop !== undefined && (from - stop) * way <= 0) ||
      targets.some(([target]) => (target - from) * way <= 0);
    return (entries > 1 || sign <= 0) && !isSecond && !isBeyond;
  });
}

const isAtMarket = ({ enter, type = "market" }: FormSent): boolean =>
  enter !== undefined && type === "market";

const price = (value: number, flip: boolean): number => (flip ? 200 - value : value);
const sideOf = (side: "long" | "short", flip: boolean): string =>
  (side === "long") !== flip ? "long" : "short";

function formOf({ type = "market", price: at = 0, limit = 0, isPostOnly }: FormSent, flip: boolean): string {
  switch (type) {
    case "limit":
      return ` at limit ${price(at, flip)}${isPostOnly === true ? " post_only" : ""}`;
    case "stop":
      return ` at stop ${price(at, flip)}`;
    case "stop_limit":
      return ` at stop ${price(at, flip)} limit ${price(limit, flip)}`;
    case "market_if_touched":
      return ` at touched ${price(at, flip)}`;
    case "limit_if_touched":
      return ` at touched ${price(at, flip)} limit ${price(limit, flip)}`;
    case "market_on_close":
      return " at close";
    default:
      return "";
  }
}

function durationOf({ duration: given, at = 0 }: FormSent): string[] {
  switch (given?.kind) {
    case "bars":
      return [`good for ${given.count} bars`];
    case "day":
      return ["good for day"];
    // The bars are minutes.
    case "date":
      return [`good till time + ${given.until - at}m`];
    case "ioc":
    case "fok":
      return [`good ${given.kind}`];
    default:
      return [];
  }
}

function ruleOf(sent: FormSent, held: readonly number[], flip: boolean): string {
  const { enter, exit, cancel, at = 0, quantity = 1, stop, trail, targets = [], group, entries } = sent;
  const when = `when bar_index == ${at}`;
  if (cancel !== undefined) return `cancel ${JSON.stringify(cancel)} ${when}`;
  const tag = ` ${JSON.stringify(sent.replaces ?? sent.id ?? (enter === undefined ? "exit" : "entry"))}`;
  if (exit !== undefined) {
    const share = sent.isPartial === true ? `take ${(quantity / Math.abs(held[at])) * 100}%` : "";
    const clauses = [share, ...durationOf(sent)].filter((each) => each !== "");
    const block = clauses.length > 0 ? ` { ${clauses.join(" ")} }` : "";
    return `exit ${sideOf(exit, flip)}${tag}${formOf(sent, flip)} ${when}${block}`;
  }
  const clauses = [
    `size ${quantity}`,
    ...(stop === undefined ? [] : [`stop at ${price(stop, flip)}`]),
    ...targets.map(
      ([target, share]) =>
        `target at ${price(target, flip)}${share === undefined ? "" : ` take ${share * 100}%`}`,
    ),
    ...(trail === undefined
      ? []
      : [
          `trail by ${trail.unit === "ratio" ? `${trail.distance * 100}%` : trail.distance}${trail.after === undefined ? "" : ` after ${trail.after} R`} within bar`,
        ]),
    ...durationOf(sent),
    ...(entries === undefined ? [] : [`pyramid ${entries}`]),
    ...(group === undefined ? [] : [`oco ${JSON.stringify(group)}`]),
    ...(stop === undefined && trail === undefined ? ["unprotected"] : []),
  ];
  return `enter ${sideOf(enter ?? "long", flip)}${tag}${formOf(sent, flip)} ${when} { ${clauses.join(" ")} }`;
}

const rulesOfTable: Readonly<Record<string, readonly string[]>> = {
  "limit orders": ["L-ENTER-2", "L-FILL-3"],
  "stop and stop-limit orders": ["L-ENTER-2", "L-STOP-1"],
  "orders at the close": ["L-ENTER-2", "L-FILL-4"],
  "how long orders rest": ["L-ENTER-4"],
  "replacing and repeating": ["L-ENTER-5"],
  groups: ["L-GROUP-2"],
  brackets: ["L-TARGET-2", "L-TARGET-3"],
  pyramids: ["L-GROUP-1", "L-EXIT-4"],
  "trailing stops": ["L-TRAIL-1", "L-TRAIL-2"],
  "orders that wait to be touched": ["L-ENTER-2"],
  "good till a moment": ["L-ENTER-4"],
  "post-only orders": ["L-ENTER-2"],
  "trailing by a share": ["L-TRAIL-1"],
  "the volume of a bar": ["L-FILL-6"],
  "orders on their way": ["L-FILL-7"],
  "the queue at a limit": ["L-FILL-8"],
  "when protection comes into force": ["L-FILL-9"],
  "what entries do, settled when they are placed": ["L-FILL-9"],
  "margin and liquidation": ["L-FILL-10"],
  "market orders": ["L-ENTER-1", "L-ENTER-2"],
  cancelling: ["L-EXIT-7"],
  "protective stops": ["L-STOP-1"],
  targets: ["L-TARGET-1"],
  "stop and target in one bar": ["L-FILL-1", "L-FILL-2"],
  "bars whose extremes are equally far from the open": ["L-FILL-1"],
  "exit orders beside stop and target": ["L-EXIT-2", "L-EXIT-5"],
  reversal: ["L-ENTER-6"],
  slippage: ["L-COST-2"],
  "what the account can pay for": ["L-SIZE-3"],
  "rounding to cents": ["L-COST-1"],
};

const indented = (rules: readonly string[]): string => rules.map((each) => `  ${each}\n`).join("");
const programOf = (rules: readonly string[]): string => `strategy "Orders" {\n${indented(rules)}}\n`;

export function programOfForms(title: string, row: FormCase, flip: boolean): Story | null {
  const { bars, sent, expected, through = 0, onClose = false, capital = 1_000_000 } = row;
  if (flip && row.mirror === false) return null;
  const ruled = ruledBy(row);
  if (ruled === null) return null;
  const { fills, ambiguousFills } = fillsOf(expected, flip);
  const held = positions(fills, bars.length);
  const isRepeat = sent.some((each, i) =>
    sent
      .slice(0, i)
      .some(
        (other) =>
          (other.id ?? "entry") === (each.id ?? "entry") &&
          each.enter !== undefined &&
          other.enter !== undefined,
      ),
  );
  // A rule sends anew; the place of a filled order is nothing it asks for.
  const isLate = sent.some(({ replaces, at = 0 }) => replaces !== undefined && held[at] !== 0);
  if (isRepeat || isLate || !canBeSaid(sent, held, bars, flip)) return null;
  const fillClauses = [
    ...(through > 0 ? [`limit through ${through} ticks`] : []),
    ...(onClose ? ["on close"] : []),
    ...ruled.clauses,
  ];
  const rules = [
    ...(fillClauses.length > 0 ? [`fills { ${fillClauses.join(" ")} }`] : []),
    ...sent.map((each) => ruleOf(each, held, flip)),
  ];
  return {
    table: tableOf(bars, flip, row.volumes),
    story: {
      rules: rulesOfTable[title],
      note: `${row.title}${flip ? " (upside down)" : ""}`,
      program: programOf(rules),
      settings: {
        path: flip ? "olhc" : "ohlc",
        tick: 0.5,
        lot: 1,
        money_decimals: 2,
        initial_capital: capital,
        ...ruled.settings,
      },
      expect: { fills, counts: { ambiguousFills } },
    },
  };
}

/** What a program and its settings say of the rules of a venue; null for rules that only come together in a profile. */
function ruledBy({ rules = {} }: FormCase): {
  readonly clauses: readonly string[];
  readonly settings: Readonly<Record<string, number>>;
} | null {
  const { volume = null, latency = 0, touch, protects = "at_once", protectionFirst = false, margin } = rules;
  const { settlesEntries, buysFirst = false } = rules;
  const isSettled = settlesEntries === "at_placement";
  if (protectionFirst || (isSettled && !buysFirst)) return null;
  const profiles = { at_once: null, next_bar: "backtrader", next_bar_after_resting: "backtesting_py" };
  const profile = isSettled ? "tradingview" : profiles[protects];
  return {
    clauses: [
      ...(volume === null ? [] : [`volume ${volume * 100}%`]),
      ...(latency === 0 ? [] : [`latency ${latency}`]),
      ...(touch === undefined ? [] : [`touch ${touch.chance * 100}%`]),
      ...(profile === null ? [] : [`profile ${profile}`]),
    ],
    settings: margin === undefined ? {} : { margin: margin.initial, maintenance_margin: margin.maintenance },
  };
}

/** A row of the other table, as one of the first. */
function sentOf(each: Sent): FormSent {
  if ("cancel" in each || "exit" in each) return each;
  const { target, ...rest } = each;
  return { ...rest, ...(target === undefined ? {} : { targets: [[target]] }) };
}

export function programOfFills(title: string, row: FillCase, path: string): Story | null {
  const { bars, costs = {}, capital = 1_000_000, tick = 0.5, only } = row;
  const told = Object.entries(row.expected).find(
    ([paths]) => paths === "all" || paths.split(" ").includes(path),
  );
  if (told === undefined) throw new Error(`${row.title}: nothing is said of ${path}`);
  // Where all paths tell the same, one of them is enough.
  if (told[0] === "all" && path !== "nearest") return null;
  const { fills, ambiguousFills } = fillsOf(told[1], false);
  const held = positions(fills, bars.length);
  const sent = row.sent.map(sentOf);
  if (!canBeSaid(sent, held, bars, false)) return null;
  const { commission, slippage } = costs;
  const steps = only === "given" ? {} : { tick, lot: 1, money_decimals: 2 };
  return {
    table: tableOf(bars, false),
    story: {
      rules: rulesOfTable[title],
      note: `${row.title} (${path})`,
      program: programOf(sent.map((each) => ruleOf(each, held, false))),
      settings: {
        path,
        ...steps,
        initial_capital: capital,
        ...(commission === undefined ? {} : { commission }),
        ...(slippage === undefined
          ? {}
          : { slippage: slippage.unit === "ticks" ? `${slippage.value} ticks` : slippage.value }),
      },
      expect: { fills, counts: { ambiguousFills } },
    },
  };
}

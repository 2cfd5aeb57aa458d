import { BitFeverError, commandForms, type ProfitPeriod } from "@bitfever/lang";
import { dayMs, isoTime } from "@bitfever/engine";
import type { BookedOrder } from "@bitfever/runtime";
import type { AccountState } from "../trading/account-state.js";
import type { RunningAccount } from "../trading/running-account.js";
import type { AuditEntry } from "./audit.js";

/** What is asked, and changes nothing: for people a text, for programs plain data. */
export interface Told {
  readonly text: string;
  readonly data?: unknown;
}

const short = (value: number): string => String(Number(value.toPrecision(10)));
const money = (value: number): string => `${value < 0 ? "-" : ""}${Math.abs(value).toFixed(2)}`;
const signed = (value: number): string => `${value > 0 ? "+" : ""}${money(value)}`;

/** What is held, of a symbol and of a strategy where they are named. */
export function positions(
  account: RunningAccount,
  symbols: readonly string[],
  strategy: string | null,
): Told {
  const prices = new Map(account.state.seats.map((each) => [each.symbol, each.price]));
  const held = account.desk.members.flatMap(({ strategy: whose, symbol: what, session, instrument }) => {
    const { position } = session;
    const isAsked = symbols.includes(what) && (strategy === null || whose === strategy);
    if (position === 0 || !isAsked) return [];
    const price = prices.get(what) ?? null;
    const entryPrice = session.averagePrice(position > 0 ? "long" : "short") ?? null;
    const profit =
      price === null || entryPrice === null
        ? null
        : (price - entryPrice) * position * session.moneyPerPoint();
    const { lot } = instrument.specification;
    return [{ strategy: whose, symbol: what, position, entryPrice, price, openProfit: profit, lot }];
  });
  const lines = held.map(({ strategy: whose, symbol: what, position, entryPrice, price, openProfit }) => {
    const side = position > 0 ? "long" : "short";
    const from = entryPrice === null ? "" : ` from ${short(entryPrice)}`;
    const now = price === null ? "" : `, now ${short(price)}`;
    return `${what} ${side} ${short(Math.abs(position))}${from}${now}${openProfit === null ? "" : `, ${signed(openProfit)} open`} (${whose})`;
  });
  return { text: lines.length === 0 ? "nothing is held" : lines.join("\n"), data: held };
}

/** What rests at the venue or is on its way there. */
export function orders(account: RunningAccount, symbols: readonly string[], strategy: string | null): Told {
  const resting = account.state.orders.filter(
    (each) => symbols.includes(each.symbol) && (strategy === null || each.strategy === strategy),
  );
  const byId = new Map(account.desk.openOrders.map(({ clientId, order }) => [clientId, order]));
  const lines = resting.map((each) => {
    const { orderId, symbol: what, side, left, type, purpose, state, clientId } = each;
    const offset = byId.get(clientId)?.offset;
    const price =
      each.price !== null
        ? ` ${short(each.price)}`
        : offset?.unit === "ratio"
          ? ` ${short(offset.distance * 100)}% from its entry`
          : "";
    return `${orderId}: ${side} ${short(left)} ${what} ${type.replaceAll("_", " ")}${price}, ${purpose}, ${state} (${each.strategy})`;
  });
  return { text: lines.length === 0 ? "no order rests" : lines.join("\n"), data: resting };
}

/** What was gained in a period that began at midnight UTC: trades that were closed in it, net, and what is open now. */
export function profits(account: RunningAccount, period: ProfitPeriod): Told {
  const { state } = account;
  const now = state.time;
  if (now === null) return { text: "nothing has happened yet", data: [] };
  const from = startOf(period, now);
  const prices = new Map(state.seats.map((each) => [each.symbol, each.price ?? 0]));
  const bySeat = new Map<string, { realised: number; open: number; trades: number }>();
  for (const { strategy, exitTime, profit } of tradesFrom(account, from, prices)) {
    if (exitTime !== null && exitTime < from) continue;
    const sums = bySeat.get(strategy) ?? { realised: 0, open: 0, trades: 0 };
    bySeat.set(strategy, sums);
    if (exitTime === null) sums.open += profit;
    else {
      sums.realised += profit;
      sums.trades++;
    }
  }
  const data = [...bySeat].map(([strategy, sums]) => ({ strategy, ...sums }));
  const sumOf = (key: "realised" | "open"): number => data.reduce((sum, each) => sum + each[key], 0);
  const since = period === "all" ? "since it began" : `since ${isoTime(from)}`;
  const lines = [
    `${since}: ${signed(sumOf("realised"))} realised, ${signed(sumOf("open"))} open now`,
    ...data.map(
      ({ strategy, realised, open, trades }) =>
        `${strategy}: ${signed(realised)} in ${trades} ${trades === 1 ? "trade" : "trades"}, ${signed(open)} open`,
    ),
    `equity ${money(state.equity)}, ${signed(state.equity - state.capital)} since it began`,
  ];
  return {
    text: lines.join("\n"),
    data: { from: period === "all" ? null : from, strategies: data, equity: state.equity },
  };
}

/** Trades that may have been closed from a time on: from memory where that reaches back so far, and else as the journal has them. */
function tradesFrom(
  account: RunningAccount,
  from: number,
  prices: ReadonlyMap<string, number>,
): RunningAccount["trades"] {
  const { members } = account.desk;
  const inMemory = members.map(({ strategy, symbol, session }) =>
    session.trades(prices.get(symbol) ?? 0).map((each) => ({ ...each, strategy, symbol })),
  );
  const reaches = members.every(
    ({ session }, i) => session.hasAllTrades || (inMemory[i][0]?.exitTime ?? Infinity) < from,
  );
  return reaches ? inMemory.flat() : account.trades;
}

/** Weeks begin on Mondays. */
function startOf(period: ProfitPeriod, now: number): number {
  const day = Math.floor(now / dayMs) * dayMs;
  const date = new Date(day);
  switch (period) {
    case "today":
      return day;
    case "week":
      return day - ((date.getUTCDay() + 6) % 7) * dayMs;
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    case "year":
      return Date.UTC(date.getUTCFullYear());
    case "all":
      return -Infinity;
  }
}

export function balance({ equity, capital, seats, universes }: AccountState): Told {
  const own = seats.flatMap(({ strategy, symbol, own: account }) =>
    account === null ? [] : [{ strategy, symbol, equity: account.equity, capital: account.capital }],
  );
  const together = universes.map(({ strategy, equity: worth, capital: begun }) => ({
    ...{ strategy, symbol: null, equity: worth, capital: begun },
  }));
  const rows = [...own, ...together];
  const lines = rows.map(
    ({ strategy, symbol, equity: worth, capital: begun }) =>
      `${strategy}${symbol === null ? "" : ` ${symbol}`}: ${money(worth)} (${signed(worth - begun)})`,
  );
  const head = `equity ${money(equity)}, ${signed(equity - capital)} since it began`;
  return { text: [head, ...lines].join("\n"), data: { equity, capital, accounts: rows } };
}

export function status(state: AccountState, venue: string): Told {
  const { account, time, holds, paused, isSettled, orders: resting, seats } = state;
  const held = seats.filter(({ position }) => position !== 0).length;
  const lines = [
    `${account} at ${venue}: ${state.state}, equity ${money(state.equity)}`,
    time === null ? "no bar has come yet" : `newest bar closed ${isoTime(time)}`,
    `${held} ${held === 1 ? "position" : "positions"}, ${resting.length} ${resting.length === 1 ? "order" : "orders"}`,
    ...(isSettled ? [] : ["positions and orders have not been compared with the venue: nothing is opened"]),
    ...holds.map(
      ({ reason, until }) =>
        `${reason}, until ${until === "session" ? "the session ends" : "somebody resumes"}`,
    ),
    ...(paused.length === 0 ? [] : [`paused: ${paused.join(", ")}`]),
  ];
  const { equity, capital } = state;
  return {
    text: lines.join("\n"),
    data: { account, venue, state: state.state, time, equity, capital, paused, isSettled, holds },
  };
}

export function gateUses({ gates, state, holds }: AccountState): Told {
  const lines = gates.map(({ gate, per, strategy, symbol, sector, most, action, fired, last }) => {
    const of =
      [strategy, symbol, sector].filter((each) => typeof each === "string").join(" ") || `each ${per}`;
    return `${gate} of ${of}: at most ${most ?? "–"}, ${action}; fired ${fired} ${fired === 1 ? "time" : "times"}${last === null ? "" : `, last ${isoTime(last.time)}: ${last.reason}`}`;
  });
  return {
    text: [`the account is ${state}`, ...(lines.length === 0 ? ["there are no gates"] : lines)].join("\n"),
    data: { state, holds, gates },
  };
}

/** Where an order comes from and what has become of it; of one by hand also who gave it. */
export function why(account: RunningAccount, order: BookedOrder, given: AuditEntry | undefined): Told {
  const { strategy, symbol, instrument } = account.desk.members[order.member];
  const { id, side, type, purpose, quantity, price, tag, parent } = order.order;
  const what = `${side} ${short(instrument.quantityDecimal(quantity))} ${symbol} ${type.replaceAll("_", " ")}${price === null ? "" : ` ${short(instrument.priceDecimal(price))}`}`;
  const left = instrument.quantityDecimal(order.left);
  const lines = [
    `${id}: ${what}, ${purpose} of ${strategy}`,
    given === undefined
      ? parent === undefined
        ? `decided at the close of ${isoTime(order.signalTime)} by the rule "${tag}"`
        : `protects ${parent}`
      : `given ${given.time} by ${given.who} (${given.mouth}): ${given.words}`,
    `${order.state} at the venue as ${order.clientId}, sent ${isoTime(order.sentAt)}${order.attempts > 1 ? `, ${order.attempts} times` : ""}`,
    ...(left > 0 && left < instrument.quantityDecimal(quantity) ? [`${short(left)} of it is left`] : []),
    ...(order.cancelAskedAt === null ? [] : [`its end was asked for ${isoTime(order.cancelAskedAt)}`]),
    ...(order.replacedBy === null ? [] : [`${order.replacedBy} takes its place`]),
  ];
  return { text: lines.join("\n"), data: { ...order, strategy, symbol } };
}

/**
 * How commands are written.
 *
 * @throws BitFeverError BF5330 for one that there is not
 */
export function help(about: string | null): Told {
  if (about === null)
    return {
      text: Object.values(commandForms).join("\n"),
      data: commandForms,
    };
  const name = about.toLowerCase();
  const form = Object.hasOwn(commandForms, name) ? commandForms[name] : undefined;
  if (form === undefined)
    throw new BitFeverError("BF5330", `\`${about}\` is no command`, { hint: "help tells what there is" });
  return { text: form, data: { [name]: form } };
}

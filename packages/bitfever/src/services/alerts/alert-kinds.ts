import type { Level } from "./level.js";

interface AlertKind {
  readonly summary: string;
  readonly level: Level;
  /** Names that its template may use besides those of all. */
  readonly values: readonly string[];
  readonly template: string;
}

/** Names that every template may use. */
export const commonValues = ["account", "time", "level", "kind", "count"] as const;

const seat = ["strategy", "symbol"];
const seatText = [...seat, "text"];

/** All that an alert can be about, by the names that rules have for it. */
export const alertKinds = {
  order: {
    summary: "An order is on its way to the venue.",
    level: "info",
    values: [...seat, "side", "quantity", "type", "price", "purpose", "tag"],
    template: '{strategy} {symbol}: order to {side} {quantity} ({type}, {purpose} "{tag}")',
  },
  fill: {
    summary: "An order has traded, all of it or a part.",
    level: "info",
    values: [...seat, "side", "quantity", "price", "commission", "left"],
    template: "{strategy} {symbol}: {side} {quantity} at {price}",
  },
  rejected: {
    summary: "The venue has not taken an order.",
    level: "warning",
    values: [...seat, "reason"],
    template: "{strategy} {symbol}: the venue has rejected an order: {reason}",
  },
  refused: {
    summary: "A gate has fired: an order was not sent.",
    level: "warning",
    values: [...seat, "reason"],
    template: "{strategy} {symbol}: an order was refused: {reason}",
  },
  halted: {
    summary: "The account has been halted or may only reduce, by a gate, a difference or an operator.",
    level: "critical",
    values: ["state", "reason"],
    template: "The account is {state}: {reason}",
  },
  operator: {
    summary: "An operator has asked for something.",
    level: "info",
    values: ["text"],
    template: "Operator: {text}",
  },
  command: {
    summary: "A command was given by a mouth, and this came of it.",
    level: "info",
    values: ["mouth", "who", "words", "outcome"],
    template: "{who} by {mouth}: {words} ({outcome})",
  },
  disconnected: {
    summary: "The venue does not answer.",
    level: "warning",
    values: ["reason"],
    template: "The venue is gone: {reason}",
  },
  connected: {
    summary: "The venue answers again.",
    level: "info",
    values: ["text"],
    template: "The venue is back",
  },
  unknown_order: {
    summary: "Nobody knows what became of an order.",
    level: "warning",
    values: seatText,
    template: "Unknown order: {text}",
  },
  resent: {
    summary: "An order that had not arrived was sent again.",
    level: "info",
    values: seatText,
    template: "Sent again: {text}",
  },
  given_up: {
    summary: "An order that had not arrived is given up.",
    level: "critical",
    values: seatText,
    template: "Given up: {text}",
  },
  unprotected: {
    summary: "What protects a position is not at the venue.",
    level: "critical",
    values: seatText,
    template: "{strategy} {symbol} is unprotected: {text}",
  },
  stray: {
    summary: "Something was opened that no rule has asked for.",
    level: "critical",
    values: seatText,
    template: "{strategy} {symbol}: {text}",
  },
  stranger: {
    summary: "The venue has traded for the account what nobody here has sent.",
    level: "critical",
    values: seatText,
    template: "Not ours: {text}",
  },
  difference: {
    summary: "The venue has other positions or orders than this side.",
    level: "critical",
    values: ["text"],
    template: "Difference: {text}",
  },
  reconciled: {
    summary: "Positions and orders are those of the venue again.",
    level: "info",
    values: ["text"],
    template: "Reconciled: {text}",
  },
  call_failed: {
    summary: "A call to the venue, or a feed, has failed.",
    level: "warning",
    values: ["text"],
    template: "{text}",
  },
  switched: {
    summary: "The equity filter of a strategy has switched it on or off.",
    level: "info",
    values: seatText,
    template: "{strategy} {symbol} is {text}",
  },
  capital: {
    summary: "Capital went to a strategy or away from it.",
    level: "info",
    values: [...seat, "amount"],
    template: "{strategy} {symbol}: capital {amount}",
  },
  alert: {
    summary: "What a strategy itself has to say.",
    level: "warning",
    values: seatText,
    template: "{strategy} {symbol}: {text}",
  },
  daily_loss: {
    summary: "The account has lost a share of its equity since the day began (`daily_loss`).",
    level: "warning",
    values: ["loss", "percent", "limit", "equity"],
    template: "Down {percent} today ({loss}), which is {limit} or more; equity {equity}",
  },
  feed_stale: {
    summary: "Bars that were due have not come (`stale_after`).",
    level: "warning",
    values: ["symbols", "overdue"],
    template: "No bars of {symbols}, {overdue} after they were due",
  },
  feed_back: {
    summary: "Bars that had not come are there again.",
    level: "info",
    values: ["symbols"],
    template: "Bars of {symbols} are back",
  },
  started: {
    summary: "The account was started; `after` says how it ended before.",
    level: "info",
    values: ["state", "equity", "after"],
    template: "Started {after}: {state}, equity {equity}",
  },
  stopped: {
    summary: "The account was stopped.",
    level: "info",
    values: ["state", "equity"],
    template: "Stopped: {state}, equity {equity}",
  },
  day_summary: {
    summary: "How the day went (`summary`).",
    level: "info",
    values: ["equity", "change", "percent", "orders", "fills", "refused", "rejected", "positions", "state"],
    template:
      "The day: {change} ({percent}), equity {equity}; {orders} orders, {fills} fills, {refused} refused, {rejected} rejected; {positions}; {state}",
  },
  undelivered: {
    summary: "Alerts to another channel are given up.",
    level: "warning",
    values: ["channel", "reason"],
    template: "{channel} has not taken an alert, which is kept as undelivered: {reason}",
  },
} as const satisfies Readonly<Record<string, AlertKind>>;

export type AlertName = keyof typeof alertKinds;

export const alertNames = Object.keys(alertKinds) as readonly AlertName[];

export const kindOf = (name: AlertName): AlertKind => alertKinds[name];

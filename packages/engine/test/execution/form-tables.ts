import type { PlannedDuration } from "@bitfever/lang";
import type { Order } from "../../src/order.js";

// Orders of every form, checked by hand: a few bars, what is sent at the close of one of them, and all that the market
// answers on the path open, high, low, close. Every row is also run upside down, on the path open, low, high, close.

/** Open, high, low, close, and where the bar stands in its session. */
export type FormBar = readonly [number, number, number, number, number?];

/** Sent at the close of bar `at`, 0 unless it says more; `entry` or `exit` unless it has an id. */
export interface FormSent {
  readonly enter?: "long" | "short";
  readonly exit?: "long" | "short";
  readonly cancel?: string;
  readonly replaces?: string;
  readonly at?: number;
  readonly id?: string;
  readonly type?: Order["type"];
  readonly price?: number;
  readonly limit?: number;
  readonly quantity?: number;
  readonly isPartial?: true;
  readonly duration?: PlannedDuration;
  readonly group?: string;
  readonly entries?: number;
  /** Children are called `entry stop`, `entry target 1` and so on. */
  readonly stop?: number;
  readonly targets?: readonly (readonly [price: number, share?: number])[];
  /** A trailing stop, which begins at `stop`; `after` counts how often the way to the stop. */
  readonly trail?: { readonly distance: number; readonly after?: number };
}

export interface FormCase {
  readonly title: string;
  readonly bars: readonly FormBar[];
  readonly sent: readonly FormSent[];
  readonly expected: readonly string[];
  readonly through?: number;
  readonly onClose?: boolean;
  readonly capital?: number;
}

const signal: FormBar = [100, 101, 99, 100];

const limits: readonly FormCase[] = [
  {
    title: "a limit entry fills at its price when the bar comes to it",
    bars: [signal, [100, 102, 98, 101]],
    sent: [{ enter: "long", type: "limit", price: 98.5 }],
    expected: ["bar 1: buy 1 at 98.5 opens (enter)"],
  },
  {
    title: "a limit entry waits, bar after bar",
    bars: [signal, [100, 102, 99, 101], [99, 100, 98, 99]],
    sent: [{ enter: "long", type: "limit", price: 98.5 }],
    expected: ["bar 2: buy 1 at 98.5 opens (enter)"],
  },
  {
    title: "a gap through a limit entry fills at the better open",
    bars: [signal, [97, 99, 96, 98]],
    sent: [{ enter: "long", type: "limit", price: 98.5 }],
    expected: ["bar 1: buy 1 at 97 opens (enter)"],
  },
  {
    title: "a limit beyond the market fills at once, at the open",
    bars: [signal, [100, 102, 99, 101]],
    sent: [{ enter: "long", type: "limit", price: 103 }],
    expected: ["bar 1: buy 1 at 100 opens (enter)"],
  },
  {
    title: "two ticks through: a touch, and one tick more, are not enough; then it fills at its limit",
    bars: [signal, [100, 102, 98, 101], [100, 101, 97.5, 99]],
    sent: [{ enter: "long", type: "limit", price: 98.5 }],
    through: 2,
    expected: ["bar 2: buy 1 at 98.5 opens (enter)"],
  },
  {
    title: "two ticks through: a gap beyond fills at the open",
    bars: [signal, [97, 99, 96, 98]],
    sent: [{ enter: "long", type: "limit", price: 98.5 }],
    through: 2,
    expected: ["bar 1: buy 1 at 97 opens (enter)"],
  },
  {
    title: "two ticks through: an open better than the limit but not so far waits, and gets the limit",
    bars: [signal, [98, 99, 97.5, 98]],
    sent: [{ enter: "long", type: "limit", price: 98.5 }],
    through: 2,
    expected: ["bar 1: buy 1 at 98.5 opens (enter)"],
  },
  {
    title: "two ticks through: a target is a limit like any other",
    bars: [signal, [100, 105.5, 99, 101], [101, 106, 100, 105]],
    sent: [{ enter: "long", targets: [[105]] }],
    through: 2,
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 105 closes (target)"],
  },
  {
    title: "a limit exit waits for its price, and goes with the position",
    bars: [signal, [100, 101, 99, 100], [100, 102, 94, 96], [96, 105, 95, 104]],
    sent: [
      { enter: "long", stop: 95 },
      { exit: "long", at: 1, type: "limit", price: 103 },
    ],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 2: sell 1 at 95 closes (stop)",
      "bar 2: exit cancelled",
    ],
  },
];

const stops: readonly FormCase[] = [
  {
    title: "a stop entry fills at its trigger",
    bars: [signal, [100, 103, 99, 101]],
    sent: [{ enter: "long", type: "stop", price: 102 }],
    expected: ["bar 1: buy 1 at 102 opens (enter)"],
  },
  {
    title: "a gap over a stop entry fills at the worse open",
    bars: [signal, [104, 105, 103, 104]],
    sent: [{ enter: "long", type: "stop", price: 102 }],
    expected: ["bar 1: buy 1 at 104 opens (enter)"],
  },
  {
    title:
      "the protection of a stop entry sees the way that is left; on another path it would not have been met",
    bars: [signal, [100, 103, 99, 101]],
    sent: [{ enter: "long", type: "stop", price: 102, stop: 99.5 }],
    expected: ["bar 1: buy 1 at 102 opens (enter)", "bar 1: sell 1 at 99.5 closes (stop, ambiguous)"],
  },
  {
    title: "who falls to a limit entry and through its stop does so on every path",
    bars: [signal, [100, 103, 96, 101]],
    sent: [{ enter: "long", type: "limit", price: 98, stop: 97 }],
    expected: ["bar 1: buy 1 at 98 opens (enter)", "bar 1: sell 1 at 97 closes (stop)"],
  },
  {
    title: "a stop entry does not fear the high before it; another path would have met the stop",
    bars: [signal, [100, 103, 97, 99]],
    sent: [{ enter: "short", type: "stop", price: 98, targets: [[97.5]], stop: 102 }],
    expected: [
      "bar 1: sell 1 at 98 opens (enter)",
      "bar 1: buy 1 at 97.5 closes (target, ambiguous)",
      "bar 1: entry stop cancelled",
    ],
  },
  {
    title: "a stop-limit entry fills at its trigger when the limit allows",
    bars: [signal, [100, 104, 99, 101]],
    sent: [{ enter: "long", type: "stop_limit", price: 102, limit: 103 }],
    expected: ["bar 1: buy 1 at 102 opens (enter)"],
  },
  {
    title: "a gap over trigger and limit fills on the way back",
    bars: [signal, [104, 105, 102.5, 103]],
    sent: [{ enter: "long", type: "stop_limit", price: 102, limit: 103 }],
    expected: ["bar 1: buy 1 at 103 opens (enter)"],
  },
  {
    title: "triggered and out of reach, it rests as a limit",
    bars: [signal, [104, 105, 103.5, 104], [103.5, 104, 102, 102.5]],
    sent: [{ enter: "long", type: "stop_limit", price: 102, limit: 103 }],
    expected: ["bar 2: buy 1 at 103 opens (enter)"],
  },
  {
    title: "with the limit below the trigger it waits for the price to come back",
    bars: [signal, [100, 103, 100.5, 102]],
    sent: [{ enter: "long", type: "stop_limit", price: 102, limit: 101 }],
    expected: ["bar 1: buy 1 at 101 opens (enter)"],
  },
  {
    title: "the limit does not see what came before the trigger",
    bars: [signal, [100, 103, 101.5, 102]],
    sent: [{ enter: "long", type: "stop_limit", price: 102, limit: 101 }],
    expected: [],
  },
];

const onClose: readonly FormCase[] = [
  {
    title: "at the close of the next bar",
    bars: [signal, [103, 105, 102, 104]],
    sent: [{ enter: "long", type: "market_on_close" }],
    expected: ["bar 1: buy 1 at 104 opens (enter)"],
  },
  {
    title: "what protects an entry at the close works from the next bar",
    bars: [signal, [103, 105, 98, 104], [104, 105, 98.5, 100]],
    sent: [{ enter: "long", type: "market_on_close", stop: 99 }],
    expected: ["bar 1: buy 1 at 104 opens (enter)", "bar 2: sell 1 at 99 closes (stop)"],
  },
  {
    title: "an exit at the close lets the stop go first",
    bars: [signal, [100, 101, 99, 100], [100, 102, 94, 101]],
    sent: [
      { enter: "long", stop: 95 },
      { exit: "long", at: 1, type: "market_on_close" },
    ],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 2: sell 1 at 95 closes (stop)",
      "bar 2: exit cancelled",
    ],
  },
  {
    title:
      "with fills on close a market order fills where it was decided, a limit still waits for the next bar",
    bars: [signal, [103, 105, 102, 104]],
    sent: [
      { enter: "long", stop: 95 },
      { enter: "long", type: "limit", price: 104, id: "second", entries: 2 },
    ],
    onClose: true,
    expected: ["close 0: buy 1 at 100 opens (enter)", "bar 1: buy 1 at 103 opens (enter)"],
  },
];

const durations: readonly FormCase[] = [
  {
    title: "two bars, and it is gone",
    bars: [signal, signal, signal, [100, 101, 98, 100]],
    sent: [{ enter: "long", type: "limit", price: 98.5, duration: { kind: "bars", count: 2 } }],
    expected: ["bar 2: entry cancelled"],
  },
  {
    title: "it fills on the last of its bars",
    bars: [signal, signal, [100, 101, 98, 100]],
    sent: [{ enter: "long", type: "limit", price: 98.5, duration: { kind: "bars", count: 2 } }],
    expected: ["bar 2: buy 1 at 98.5 opens (enter)"],
  },
  {
    title: "a day order ends with its session, before the open of the next",
    bars: [
      [100, 101, 99, 100, 0],
      [100, 101, 99, 100, 1],
      [97, 99, 96, 98, 0],
    ],
    sent: [{ enter: "long", type: "limit", price: 98.5, duration: { kind: "day" } }],
    expected: ["bar 2: entry cancelled"],
  },
  {
    title: "a day order sent at the last close of a session lives through the next",
    bars: [
      [100, 101, 99, 100, 1],
      [100, 101, 99, 100, 0],
      [100, 101, 98, 100, 1],
    ],
    sent: [{ enter: "long", type: "limit", price: 98.5, duration: { kind: "day" } }],
    expected: ["bar 2: buy 1 at 98.5 opens (enter)"],
  },
  {
    title: "immediate or cancel: not at the open, not at all",
    bars: [signal, [100, 101, 98, 100]],
    sent: [{ enter: "long", type: "limit", price: 98.5, duration: { kind: "ioc" } }],
    expected: ["bar 1: entry cancelled"],
  },
  {
    title: "immediate or cancel: at the open, as much as can be paid for",
    bars: [signal, [100, 101, 98, 100]],
    sent: [{ enter: "long", type: "limit", price: 100.5, quantity: 5, duration: { kind: "ioc" } }],
    capital: 300,
    expected: ["bar 1: entry reduced from 5 to 3", "bar 1: buy 3 at 100 opens (enter)"],
  },
  {
    title: "fill or kill: not all of it, so nothing",
    bars: [signal, [100, 101, 98, 100]],
    sent: [{ enter: "long", quantity: 5, duration: { kind: "fok" } }],
    capital: 300,
    expected: ["bar 1: entry cancelled"],
  },
  {
    title: "fill or kill: all of it",
    bars: [signal, [100, 101, 98, 100]],
    sent: [{ enter: "long", quantity: 3, duration: { kind: "fok" } }],
    capital: 300,
    expected: ["bar 1: buy 3 at 100 opens (enter)"],
  },
  {
    title: "fill or kill: what cannot turn the position round whole leaves it alone",
    bars: [signal, signal, signal],
    sent: [
      { enter: "long", quantity: 2 },
      { enter: "short", id: "turn", at: 1, quantity: 4, duration: { kind: "fok" } },
    ],
    capital: 300,
    expected: ["bar 1: buy 2 at 100 opens (enter)", "bar 2: turn cancelled"],
  },
  {
    title: "immediate or cancel at the close waits for that close",
    bars: [signal, [103, 105, 102, 104]],
    sent: [{ enter: "long", type: "market_on_close", duration: { kind: "ioc" } }],
    expected: ["bar 1: buy 1 at 104 opens (enter)"],
  },
];

const replacing: readonly FormCase[] = [
  {
    title: "the new order takes the place of the old",
    bars: [signal, signal, [100, 101, 97, 100]],
    sent: [
      { enter: "long", type: "limit", price: 98 },
      { enter: "long", type: "limit", price: 98.5, at: 1, id: "second", replaces: "entry" },
    ],
    expected: ["close 1: entry cancelled", "bar 2: buy 1 at 98.5 opens (enter)"],
  },
  {
    title: "where the old one has filled there is no place to take",
    bars: [signal, [100, 101, 98, 100], signal],
    sent: [
      { enter: "long", type: "limit", price: 98.5 },
      { enter: "long", type: "limit", price: 102, at: 1, id: "second", replaces: "entry", entries: 2 },
    ],
    expected: ["bar 1: buy 1 at 98.5 opens (enter)", "close 1: second cancelled"],
  },
  {
    title: "sending an order twice is sending it once, also after it has filled",
    bars: [signal, signal, signal],
    sent: [
      { enter: "long", entries: 3 },
      { enter: "long", entries: 3 },
      { enter: "long", entries: 3, at: 1 },
    ],
    expected: ["bar 1: buy 1 at 100 opens (enter)"],
  },
  {
    title: "what nobody sent cannot be cancelled",
    bars: [signal, signal],
    sent: [{ cancel: "nobody" }],
    expected: [],
  },
];

const groups: readonly FormCase[] = [
  {
    title: "one cancels the other",
    bars: [signal, [100, 103, 97, 100]],
    sent: [
      { enter: "long", type: "stop", price: 102, group: "g" },
      { enter: "short", type: "stop", price: 98, group: "g", id: "other" },
    ],
    expected: ["bar 1: buy 1 at 102 opens (enter, ambiguous)", "bar 1: other cancelled"],
  },
  {
    title: "without a group the other turns the first round",
    bars: [signal, [100, 103, 97, 100]],
    sent: [
      { enter: "long", type: "stop", price: 102 },
      { enter: "short", type: "stop", price: 98, id: "other" },
    ],
    expected: [
      "bar 1: buy 1 at 102 opens (enter, ambiguous)",
      "bar 1: sell 1 at 98 closes (reversal)",
      "bar 1: sell 1 at 98 opens (enter)",
    ],
  },
  {
    title: "of two at one open the first that was sent fills",
    bars: [signal, [105, 106, 104, 105]],
    sent: [
      { enter: "long", type: "stop", price: 102, group: "g" },
      { enter: "long", type: "stop", price: 103, group: "g", id: "other", entries: 2 },
    ],
    expected: ["bar 1: buy 1 at 105 opens (enter)", "bar 1: other cancelled"],
  },
];

const brackets: readonly FormCase[] = [
  {
    title: "half at the first target, the rest at the second, and the stop goes with the last of it",
    bars: [signal, signal, [100, 106, 99, 105], [105, 111, 104, 110]],
    sent: [{ enter: "long", quantity: 10, stop: 95, targets: [[105, 0.5], [110]] }],
    expected: [
      "bar 1: buy 10 at 100 opens (enter)",
      "bar 2: sell 5 at 105 closes (target)",
      "bar 3: sell 5 at 110 closes (target)",
      "bar 3: entry stop cancelled",
    ],
  },
  {
    title: "the stop covers what a target has left",
    bars: [signal, signal, [100, 106, 99, 105], [105, 106, 94, 95]],
    sent: [{ enter: "long", quantity: 10, stop: 95, targets: [[105, 0.3], [110]] }],
    expected: [
      "bar 1: buy 10 at 100 opens (enter)",
      "bar 2: sell 3 at 105 closes (target)",
      "bar 3: sell 7 at 95 closes (stop)",
      "bar 3: entry target 2 cancelled",
    ],
  },
  {
    title: "two targets in one bar are not ambiguous",
    bars: [signal, signal, [100, 111, 99, 105]],
    sent: [{ enter: "long", quantity: 10, stop: 95, targets: [[105, 0.5], [110]] }],
    expected: [
      "bar 1: buy 10 at 100 opens (enter)",
      "bar 2: sell 5 at 105 closes (target)",
      "bar 2: sell 5 at 110 closes (target)",
      "bar 2: entry stop cancelled",
    ],
  },
  {
    title: "a target and the stop in one bar are",
    bars: [signal, signal, [100, 106, 94, 100]],
    sent: [{ enter: "long", quantity: 10, stop: 95, targets: [[105, 0.5]] }],
    expected: [
      "bar 1: buy 10 at 100 opens (enter)",
      "bar 2: sell 5 at 105 closes (target, ambiguous)",
      "bar 2: sell 5 at 95 closes (stop)",
    ],
  },
  {
    title: "shares are rounded down to lots, of what was entered",
    bars: [signal, signal, [100, 111, 99, 105]],
    sent: [{ enter: "long", quantity: 5, targets: [[105, 0.5], [106, 0.5], [110]] }],
    expected: [
      "bar 1: buy 5 at 100 opens (enter)",
      "bar 2: sell 2 at 105 closes (target)",
      "bar 2: sell 2 at 106 closes (target)",
      "bar 2: sell 1 at 110 closes (target)",
    ],
  },
  {
    title: "a share of no lot at all is not placed",
    bars: [signal, signal, [100, 106, 99, 105]],
    sent: [{ enter: "long", stop: 95, targets: [[105, 0.5]] }],
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 1: entry target 1 cancelled"],
  },
  {
    title: "an exit of a part leaves the rest protected",
    bars: [signal, signal, [102, 103, 101, 102], [102, 103, 94, 95]],
    sent: [
      { enter: "long", quantity: 10, stop: 95 },
      { exit: "long", at: 1, quantity: 4, isPartial: true },
    ],
    expected: [
      "bar 1: buy 10 at 100 opens (enter)",
      "bar 2: sell 4 at 102 closes (exit)",
      "bar 3: sell 6 at 95 closes (stop)",
    ],
  },
];

const pyramids: readonly FormCase[] = [
  {
    title: "as many entries as it says, and no more",
    bars: [signal, signal, [101, 102, 100, 101], [102, 103, 101, 102]],
    sent: [
      { enter: "long", entries: 2 },
      { enter: "long", entries: 2, at: 1, id: "second" },
      { enter: "long", entries: 2, at: 2, id: "third" },
    ],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 2: buy 1 at 101 opens (enter)",
      "bar 3: third rejected: as many entries are open as may be",
    ],
  },
  {
    title: "each entry has a stop of its own",
    bars: [signal, signal, [101, 102, 100, 101], [101, 102, 97, 98], [98, 99, 94, 95]],
    sent: [
      { enter: "long", entries: 2, quantity: 10, stop: 95 },
      { enter: "long", entries: 2, quantity: 20, stop: 98, at: 1, id: "second" },
    ],
    expected: [
      "bar 1: buy 10 at 100 opens (enter)",
      "bar 2: buy 20 at 101 opens (enter)",
      "bar 3: sell 20 at 98 closes (stop)",
      "bar 4: sell 10 at 95 closes (stop)",
    ],
  },
  {
    title: "an exit closes all of them, and their protection goes",
    bars: [signal, signal, [101, 102, 100, 101], [102, 103, 101, 102]],
    sent: [
      { enter: "long", entries: 2, quantity: 10, stop: 95 },
      { enter: "long", entries: 2, quantity: 20, stop: 96, at: 1, id: "second" },
      { exit: "long", at: 2 },
    ],
    expected: [
      "bar 1: buy 10 at 100 opens (enter)",
      "bar 2: buy 20 at 101 opens (enter)",
      "bar 3: sell 30 at 102 closes (exit)",
      "bar 3: entry stop cancelled",
      "bar 3: second stop cancelled",
    ],
  },
  {
    title: "an exit of a part takes the oldest first",
    bars: [signal, signal, [101, 102, 100, 101], [102, 103, 101, 102], [102, 103, 94, 95]],
    sent: [
      { enter: "long", entries: 2, quantity: 10, stop: 95 },
      { enter: "long", entries: 2, quantity: 20, stop: 96, at: 1, id: "second" },
      { exit: "long", at: 2, quantity: 12, isPartial: true },
    ],
    expected: [
      "bar 1: buy 10 at 100 opens (enter)",
      "bar 2: buy 20 at 101 opens (enter)",
      "bar 3: sell 12 at 102 closes (exit)",
      "bar 3: entry stop cancelled",
      "bar 4: sell 18 at 96 closes (stop)",
    ],
  },
  {
    title: "turning round closes all of them",
    bars: [signal, signal, [101, 102, 100, 101], [102, 103, 101, 102]],
    sent: [
      { enter: "long", entries: 2, quantity: 10, stop: 95 },
      { enter: "long", entries: 2, quantity: 20, at: 1, id: "second" },
      { enter: "short", at: 2, id: "turn" },
    ],
    expected: [
      "bar 1: buy 10 at 100 opens (enter)",
      "bar 2: buy 20 at 101 opens (enter)",
      "bar 3: sell 30 at 102 closes (reversal)",
      "bar 3: entry stop cancelled",
      "bar 3: sell 1 at 102 opens (enter)",
    ],
  },
  {
    title: "there is no leverage: what is held is not there to be spent again, on either side",
    bars: [signal, signal, signal],
    sent: [
      { enter: "long", entries: 2, quantity: 6 },
      { enter: "long", entries: 2, quantity: 6, at: 1, id: "second" },
    ],
    capital: 1000,
    expected: [
      "bar 1: buy 6 at 100 opens (enter)",
      "bar 2: second reduced from 6 to 4",
      "bar 2: buy 4 at 100 opens (enter)",
    ],
  },
];

const trails: readonly FormCase[] = [
  {
    title: "follows the high of the bar and is met on the way down",
    bars: [signal, [100, 104, 100.5, 103]],
    sent: [{ enter: "long", trail: { distance: 3 } }],
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 1: sell 1 at 101 closes (stop)"],
  },
  {
    title: "begins at the stop of the entry, and only ever comes nearer",
    bars: [signal, [100, 100.5, 98.5, 99], [99, 100, 97, 98]],
    sent: [{ enter: "long", stop: 98, trail: { distance: 3 } }],
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 98 closes (stop)"],
  },
  {
    title: "a gap through it fills at the open",
    bars: [signal, [100, 104, 101.5, 102], [100, 103, 99, 101]],
    sent: [{ enter: "long", trail: { distance: 3 } }],
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 100 closes (stop)"],
  },
  {
    title: "a gap in its favour moves it at the open",
    bars: [signal, [100, 101, 99, 100], [110, 110, 106.5, 107]],
    sent: [{ enter: "long", trail: { distance: 3 } }],
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 107 closes (stop)"],
  },
  {
    title: "starts once the price is ahead by the risk, and till then the stop stands",
    bars: [signal, [100, 101.5, 98.5, 101], [101, 103, 101.5, 102.5]],
    sent: [{ enter: "long", stop: 98, trail: { distance: 1, after: 1 } }],
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 102 closes (stop)"],
  },
  {
    title: "not started, the stop is met where it stood",
    bars: [signal, [100, 101.5, 97, 99]],
    sent: [{ enter: "long", stop: 98, trail: { distance: 1, after: 1 } }],
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 1: sell 1 at 98 closes (stop)"],
  },
  {
    title: "sees only the way after its entry, not the high before",
    bars: [signal, [100, 104, 97, 99], [99, 99, 94, 95]],
    sent: [{ enter: "long", type: "limit", price: 98, trail: { distance: 3 } }],
    expected: ["bar 1: buy 1 at 98 opens (enter)", "bar 2: sell 1 at 96 closes (stop)"],
  },
  {
    title: "and the target are one another's end",
    bars: [signal, [100, 106, 99, 101]],
    sent: [{ enter: "long", trail: { distance: 3 }, targets: [[105]] }],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 1: sell 1 at 105 closes (target, ambiguous)",
      "bar 1: entry stop cancelled",
    ],
  },
];

export const formTables: Readonly<Record<string, readonly FormCase[]>> = {
  "limit orders": limits,
  "stop and stop-limit orders": stops,
  "orders at the close": onClose,
  "how long orders rest": durations,
  "replacing and repeating": replacing,
  groups,
  brackets,
  pyramids,
  "trailing stops": trails,
};

import type { FillRules } from "../../src/matching.js";
import type { Order, OrderDuration } from "../../src/order.js";

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
  readonly duration?: OrderDuration;
  readonly isPostOnly?: true;
  readonly group?: string;
  readonly entries?: number;
  /** Children are called `entry stop`, `entry target 1` and so on. */
  readonly stop?: number;
  readonly targets?: readonly (readonly [price: number, share?: number])[];
  /** A trailing stop, which begins at `stop`; `after` counts how often the way to the stop. */
  readonly trail?: { readonly distance: number; readonly after?: number; readonly unit?: "ratio" };
}

export interface FormCase {
  readonly title: string;
  readonly bars: readonly FormBar[];
  readonly sent: readonly FormSent[];
  readonly expected: readonly string[];
  readonly through?: number;
  readonly onClose?: boolean;
  readonly rules?: Partial<FillRules>;
  /** What was traded in each bar. */
  readonly volumes?: readonly number[];
  readonly capital?: number;
  /** Not the same upside down: a share of a price is another there. */
  readonly mirror?: false;
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
    title: "an open just as far beyond a limit as asked is the price, which the limit's own was not",
    bars: [signal, [97, 98, 96, 97]],
    through: 2,
    sent: [{ enter: "long", type: "limit", price: 98 }],
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

const touched: readonly FormCase[] = [
  {
    title: "a market order if touched buys at its price on the way down",
    bars: [signal, [100, 102, 97, 99]],
    sent: [{ enter: "long", type: "market_if_touched", price: 98 }],
    expected: ["bar 1: buy 1 at 98 opens (enter)"],
  },
  {
    title: "it waits while the price stays away",
    bars: [signal, [100, 102, 98.5, 99], [99, 99.5, 98, 98.5]],
    sent: [{ enter: "long", type: "market_if_touched", price: 98 }],
    expected: ["bar 2: buy 1 at 98 opens (enter)"],
  },
  {
    title: "a gap beyond it fills at the open",
    bars: [signal, [96, 99, 95, 98]],
    sent: [{ enter: "long", type: "market_if_touched", price: 98 }],
    expected: ["bar 1: buy 1 at 96 opens (enter)"],
  },
  {
    title: "an exit if touched takes a profit at the market",
    bars: [signal, [100, 101, 99, 100], [101, 106, 100, 104]],
    sent: [{ enter: "long" }, { exit: "long", at: 1, type: "market_if_touched", price: 105 }],
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 105 closes (exit)"],
  },
  {
    title: "a limit order if touched trades at its limit on the way that is left",
    bars: [signal, [100, 102, 96, 99]],
    sent: [{ enter: "long", type: "limit_if_touched", price: 98, limit: 97 }],
    expected: ["bar 1: buy 1 at 97 opens (enter)"],
  },
  {
    title: "touched but not filled, the limit order rests",
    bars: [signal, [100, 102, 97.5, 99], [99, 100, 96.5, 98]],
    sent: [{ enter: "long", type: "limit_if_touched", price: 98, limit: 97 }],
    expected: ["bar 2: buy 1 at 97 opens (enter)"],
  },
  {
    title: "a limit above the touch buys at once, at the touch",
    bars: [signal, [100, 102, 97, 99]],
    sent: [{ enter: "long", type: "limit_if_touched", price: 98, limit: 99 }],
    expected: ["bar 1: buy 1 at 98 opens (enter)"],
  },
  {
    title: "a gap beyond touch and limit fills at the open",
    bars: [signal, [95, 97, 94, 96]],
    sent: [{ enter: "long", type: "limit_if_touched", price: 98, limit: 97 }],
    expected: ["bar 1: buy 1 at 95 opens (enter)"],
  },
];

const dates: readonly FormCase[] = [
  {
    title: "good till a moment rests on bars that open before it",
    bars: [signal, [100, 101, 99, 100], [100, 101, 97, 99]],
    sent: [{ enter: "long", type: "limit", price: 98, duration: { kind: "date", until: 3 } }],
    expected: ["bar 2: buy 1 at 98 opens (enter)"],
  },
  {
    title: "a bar that opens at the moment is too late",
    bars: [signal, [100, 101, 99, 100], [100, 101, 97, 99]],
    sent: [{ enter: "long", type: "limit", price: 98, duration: { kind: "date", until: 2 } }],
    expected: ["bar 2: entry cancelled"],
  },
  {
    title: "a moment that is over sends an order for nothing",
    bars: [signal, [100, 101, 97, 99]],
    sent: [{ enter: "long", type: "limit", price: 98, duration: { kind: "date", until: 1 } }],
    expected: ["bar 1: entry cancelled"],
  },
];

const posted: readonly FormCase[] = [
  {
    title: "an order that is post-only rests like any limit",
    bars: [signal, [100, 101, 97, 99]],
    sent: [{ enter: "long", type: "limit", price: 98, isPostOnly: true }],
    expected: ["bar 1: buy 1 at 98 opens (enter)"],
  },
  {
    title: "one that would trade as it arrives is taken back",
    bars: [signal, [97, 99, 96, 98]],
    sent: [{ enter: "long", type: "limit", price: 98, isPostOnly: true }],
    expected: ["bar 1: entry cancelled"],
  },
  {
    title: "at its very price it would trade too",
    bars: [signal, [98, 99, 96, 98]],
    sent: [{ enter: "long", type: "limit", price: 98, isPostOnly: true }],
    expected: ["bar 1: entry cancelled"],
  },
  {
    title: "having rested for a bar it fills at a better open",
    bars: [signal, [100, 101, 99, 100], [97, 99, 96, 98]],
    sent: [{ enter: "long", type: "limit", price: 98, isPostOnly: true }],
    expected: ["bar 2: buy 1 at 97 opens (enter)"],
  },
];

const shares: readonly FormCase[] = [
  {
    title: "a share of the price is behind the best price",
    bars: [signal, [100, 110, 100, 109], [109, 109, 98, 99]],
    sent: [{ enter: "long", trail: { distance: 0.1, unit: "ratio" } }],
    mirror: false,
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 99 closes (stop)"],
  },
  {
    title: "for a short position it is above the best price, and rounded away from it",
    bars: [signal, [100, 100, 91, 92], [92, 101, 92, 100]],
    sent: [{ enter: "short", trail: { distance: 0.1, unit: "ratio" } }],
    mirror: false,
    // 10% of 91 are 9.1, which is 9.5 in steps of 0.5.
    expected: ["bar 1: sell 1 at 100 opens (enter)", "bar 2: buy 1 at 100.5 closes (stop)"],
  },
];

const volume: readonly FormCase[] = [
  {
    title: "a market order takes its share of the volume, and the rest at the next open",
    bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
    volumes: [50, 50, 50],
    rules: { volume: 0.1 },
    sent: [{ enter: "long", quantity: 8 }],
    expected: ["bar 1: buy 5 at 100 opens (enter)", "bar 2: buy 3 at 102 opens (enter)"],
  },
  {
    title: "what is less than a lot is nothing, and the order waits",
    bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
    volumes: [50, 5, 50],
    rules: { volume: 0.1 },
    sent: [{ enter: "long", quantity: 2 }],
    expected: ["bar 2: buy 2 at 102 opens (enter)"],
  },
  {
    title: "a limit order rests with what is left of it",
    bars: [signal, [100, 101, 97, 99], [99, 100, 96, 98]],
    volumes: [50, 30, 50],
    rules: { volume: 0.1 },
    sent: [{ enter: "long", type: "limit", price: 98, quantity: 5 }],
    expected: ["bar 1: buy 3 at 98 opens (enter)", "bar 2: buy 2 at 98 opens (enter)"],
  },
  {
    title: "a stop that was met goes on as a market order",
    bars: [signal, [100, 103, 99, 101], [99, 100, 98, 99]],
    volumes: [50, 30, 50],
    rules: { volume: 0.1 },
    sent: [{ enter: "long", type: "stop", price: 102, quantity: 5 }],
    expected: ["bar 1: buy 3 at 102 opens (enter)", "bar 2: buy 2 at 99 opens (enter)"],
  },
  {
    title: "an exit takes bars too, and closes no more than there is",
    bars: [signal, [100, 101, 99, 100], [101, 102, 100, 101], [103, 104, 102, 103]],
    volumes: [90, 90, 50, 90],
    rules: { volume: 0.1 },
    sent: [
      { enter: "long", quantity: 8 },
      { exit: "long", at: 1 },
    ],
    expected: [
      "bar 1: buy 8 at 100 opens (enter)",
      "bar 2: sell 5 at 101 closes (exit)",
      "bar 3: sell 3 at 103 closes (exit)",
    ],
  },
  {
    title: "an immediate order gives up the rest",
    bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
    volumes: [50, 50, 50],
    rules: { volume: 0.1 },
    sent: [{ enter: "long", quantity: 8, duration: { kind: "ioc" } }],
    expected: ["bar 1: buy 5 at 100 opens (enter)", "bar 1: entry cancelled"],
  },
  {
    title: "all or nothing is nothing",
    bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
    volumes: [50, 50, 90],
    rules: { volume: 0.1 },
    sent: [{ enter: "long", quantity: 8, duration: { kind: "fok" } }],
    expected: ["bar 1: entry cancelled"],
  },
  {
    title: "all of it, where the volume allows that",
    bars: [signal, [100, 101, 99, 100]],
    volumes: [50, 80],
    rules: { volume: 0.1 },
    sent: [{ enter: "long", quantity: 8, duration: { kind: "fok" } }],
    expected: ["bar 1: buy 8 at 100 opens (enter)"],
  },
  {
    title: "orders share the volume of their bar, in the order in which they meet the market",
    bars: [signal, [100, 101, 97, 99], [99, 100, 98, 99]],
    volumes: [50, 60, 90],
    rules: { volume: 0.1 },
    sent: [
      { enter: "long", id: "a", quantity: 4, entries: 2 },
      { enter: "long", id: "b", type: "limit", price: 98, quantity: 4, entries: 2 },
    ],
    expected: [
      "bar 1: buy 4 at 100 opens (enter)",
      "bar 1: buy 2 at 98 opens (enter)",
      "bar 2: buy 2 at 98 opens (enter)",
    ],
  },
  {
    title: "a stop protects what was entered, as far as the volume goes",
    bars: [signal, [100, 101, 99, 100], [99, 100, 94, 95], [93, 94, 92, 93]],
    volumes: [90, 90, 50, 90],
    rules: { volume: 0.1 },
    sent: [{ enter: "long", quantity: 8, stop: 96 }],
    expected: [
      "bar 1: buy 8 at 100 opens (enter)",
      "bar 2: sell 5 at 96 closes (stop)",
      "bar 3: sell 3 at 93 closes (stop)",
    ],
  },
  {
    title: "an entry that turns round closes first, however many bars that takes",
    bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102], [104, 105, 103, 104]],
    volumes: [90, 80, 50, 90],
    rules: { volume: 0.1 },
    sent: [
      { enter: "long", quantity: 8 },
      { enter: "short", id: "turn", at: 1, quantity: 4 },
    ],
    expected: [
      "bar 1: buy 8 at 100 opens (enter)",
      "bar 2: sell 5 at 102 closes (reversal)",
      "bar 3: sell 3 at 104 closes (reversal)",
      "bar 3: sell 4 at 104 opens (enter)",
    ],
  },
  {
    title: "a bar without volume trades nothing",
    bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
    volumes: [50, 0, 50],
    rules: { volume: 1 },
    sent: [{ enter: "long" }],
    expected: ["bar 2: buy 1 at 102 opens (enter)"],
  },
];

const latency: readonly FormCase[] = [
  {
    title: "an order that is a bar on its way meets the open after the next",
    bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
    rules: { latency: 1 },
    sent: [{ enter: "long" }],
    expected: ["bar 2: buy 1 at 102 opens (enter)"],
  },
  {
    title: "a limit does not see the bar it is on its way",
    bars: [signal, [100, 101, 95, 99], [99, 100, 97, 98]],
    rules: { latency: 1 },
    sent: [{ enter: "long", type: "limit", price: 98 }],
    expected: ["bar 2: buy 1 at 98 opens (enter)"],
  },
  {
    title: "what protects an entry waits at the venue: it is in force at once",
    bars: [signal, [100, 101, 99, 100], [102, 103, 97, 98]],
    rules: { latency: 1 },
    sent: [{ enter: "long", stop: 98 }],
    expected: ["bar 2: buy 1 at 102 opens (enter)", "bar 2: sell 1 at 98 closes (stop)"],
  },
  {
    title: "it can be taken back while it is on its way",
    bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
    rules: { latency: 1 },
    sent: [{ enter: "long" }, { cancel: "entry", at: 1 }],
    expected: ["close 1: entry cancelled"],
  },
  {
    title: "an order that is post-only meets the open at which it arrives",
    bars: [signal, [97, 99, 96, 97], [97, 99, 96, 98]],
    rules: { latency: 1 },
    sent: [{ enter: "long", type: "limit", price: 98, isPostOnly: true }],
    expected: ["bar 2: entry cancelled"],
  },
];

const queue: readonly FormCase[] = [
  {
    title: "a limit that is touched and no more is passed over where its chance is nothing",
    bars: [signal, [100, 101, 98, 99]],
    rules: { touch: { chance: 0, seed: 1 } },
    sent: [{ enter: "long", type: "limit", price: 98 }],
    expected: [],
  },
  {
    title: "beyond its price it fills for sure, at its price",
    bars: [signal, [100, 101, 97.5, 99]],
    rules: { touch: { chance: 0, seed: 1 } },
    sent: [{ enter: "long", type: "limit", price: 98 }],
    expected: ["bar 1: buy 1 at 98 opens (enter)"],
  },
  {
    title: "at the open there is no queue: a better price fills",
    bars: [signal, [97, 99, 97, 98]],
    rules: { touch: { chance: 0, seed: 1 } },
    sent: [{ enter: "long", type: "limit", price: 98 }],
    expected: ["bar 1: buy 1 at 97 opens (enter)"],
  },
  {
    title: "stops are not in the queue",
    bars: [signal, [100, 102, 99, 101]],
    rules: { touch: { chance: 0, seed: 1 } },
    sent: [{ enter: "long", type: "stop", price: 102 }],
    expected: ["bar 1: buy 1 at 102 opens (enter)"],
  },
  {
    title: "a target that is touched and passed over leaves the stop its turn",
    bars: [signal, [100, 101, 99, 100], [101, 105, 100, 104], [100, 101, 95, 96]],
    rules: { touch: { chance: 0, seed: 1 } },
    sent: [{ enter: "long", stop: 97, targets: [[105]] }],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 3: sell 1 at 97 closes (stop)",
      "bar 3: entry target 1 cancelled",
    ],
  },
];

const protection: readonly FormCase[] = [
  {
    title: "from the next bar on, a stop does not see the bar of its entry",
    bars: [signal, [100, 101, 95, 96], [96, 98, 94, 95]],
    rules: { protects: "next_bar" },
    sent: [{ enter: "long", stop: 97 }],
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 96 closes (stop)"],
  },
  {
    title: "after an entry that rested, from the next bar on",
    bars: [signal, [100, 103, 95, 96], [98, 99, 96, 97]],
    rules: { protects: "next_bar_after_resting" },
    sent: [{ enter: "long", type: "stop", price: 102, stop: 97 }],
    expected: ["bar 1: buy 1 at 102 opens (enter)", "bar 2: sell 1 at 97 closes (stop)"],
  },
  {
    title: "after an entry at the market, at once",
    bars: [signal, [100, 103, 95, 96]],
    rules: { protects: "next_bar_after_resting" },
    sent: [{ enter: "long", stop: 97 }],
    expected: ["bar 1: buy 1 at 100 opens (enter)", "bar 1: sell 1 at 97 closes (stop)"],
  },
  {
    title: "protection first: a stop inside the bar goes before the exit at its open",
    bars: [signal, [100, 101, 99, 100], [101, 102, 95, 98]],
    rules: { protectionFirst: true },
    sent: [
      { enter: "long", stop: 97 },
      { exit: "long", at: 1 },
    ],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 2: sell 1 at 97 closes (stop)",
      "bar 2: exit cancelled",
    ],
  },
  {
    title: "protection first: where no stop is met, the exit is at the open as ever",
    bars: [signal, [100, 101, 99, 100], [101, 102, 98, 100]],
    rules: { protectionFirst: true },
    sent: [
      { enter: "long", stop: 97 },
      { exit: "long", at: 1 },
    ],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 2: sell 1 at 101 closes (exit)",
      "bar 2: entry stop cancelled",
    ],
  },
  {
    title: "protection first: of stop and target the stop",
    bars: [signal, [100, 101, 99, 100], [101, 106, 95, 98]],
    rules: { protectionFirst: true },
    sent: [{ enter: "long", stop: 97, targets: [[105]] }],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 2: sell 1 at 97 closes (stop)",
      "bar 2: entry target 1 cancelled",
    ],
  },
];

const asPlaced = { settlesEntries: "at_placement" } as const;

const settled: readonly FormCase[] = [
  {
    title: "placed without a position, an entry only closes one on its other side of its size",
    bars: [signal, [100, 103, 97, 101]],
    rules: asPlaced,
    sent: [
      { enter: "long", type: "stop", price: 102 },
      { enter: "short", id: "down", type: "stop", price: 98 },
    ],
    expected: [
      "bar 1: buy 1 at 102 opens (enter, ambiguous)",
      "bar 1: sell 1 at 98 closes (reversal)",
      "bar 1: down cancelled",
    ],
  },
  {
    title: "placed against a position, it closes that and opens its own",
    bars: [signal, [100, 101, 99, 100], [100, 101, 97, 98]],
    rules: asPlaced,
    sent: [{ enter: "long" }, { enter: "short", id: "down", at: 1, type: "stop", price: 98 }],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 2: sell 1 at 98 closes (reversal)",
      "bar 2: sell 1 at 98 opens (enter)",
    ],
  },
  {
    title: "placed against a position that is gone when it fills, it opens that much more",
    bars: [signal, [100, 101, 99, 100], [100, 101, 97, 98]],
    rules: asPlaced,
    sent: [
      { enter: "long" },
      { exit: "long", at: 1 },
      { enter: "short", id: "down", at: 1, type: "stop", price: 98 },
    ],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 2: sell 1 at 100 closes (exit)",
      "bar 2: sell 2 at 98 opens (enter)",
    ],
  },
  {
    title: "a larger position is closed as far as it goes",
    bars: [signal, [100, 101, 99, 100], [100, 103, 97, 101]],
    rules: asPlaced,
    sent: [
      { enter: "long", type: "stop", price: 102, quantity: 3, at: 1 },
      { enter: "short", id: "down", type: "stop", price: 98, at: 1 },
    ],
    expected: [
      "bar 2: buy 3 at 102 opens (enter, ambiguous)",
      "bar 2: sell 1 at 98 closes (reversal)",
      "bar 2: down cancelled",
    ],
  },
  {
    title: "two that were placed without a position both have room",
    bars: [signal, [100, 103, 99, 101]],
    rules: asPlaced,
    sent: [
      { enter: "long", id: "a", type: "stop", price: 101.5 },
      { enter: "long", id: "b", type: "stop", price: 102 },
    ],
    expected: ["bar 1: buy 1 at 101.5 opens (enter)", "bar 1: buy 1 at 102 opens (enter)"],
  },
  {
    title: "of two entries that are met at one price the one that buys goes first, whichever was sent first",
    bars: [signal, [100, 101, 99, 100]],
    rules: { ...asPlaced, buysFirst: true },
    mirror: false,
    sent: [
      { enter: "short", id: "down", type: "stop", price: 100 },
      { enter: "long", type: "stop", price: 100 },
    ],
    expected: [
      "bar 1: buy 1 at 100 opens (enter)",
      "bar 1: sell 1 at 100 closes (reversal)",
      "bar 1: down cancelled",
    ],
  },
];

const fiveTimes = { margin: { initial: 0.2, maintenance: 0.1 } };

const margin: readonly FormCase[] = [
  {
    title: "with a margin of a fifth, an account can buy for five times its money",
    bars: [signal, [100, 101, 99, 100]],
    capital: 1_000,
    rules: { margin: { initial: 0.2, maintenance: 0 } },
    sent: [{ enter: "long", quantity: 60 }],
    expected: ["bar 1: entry reduced from 60 to 50", "bar 1: buy 50 at 100 opens (enter)"],
  },
  {
    title: "a long position is liquidated where a tenth of its value is left",
    bars: [signal, [100, 101, 99, 100], [95, 96, 85, 90]],
    capital: 1_000,
    rules: fiveTimes,
    mirror: false,
    sent: [{ enter: "long", quantity: 50 }],
    // 50 p − 4,000 = 0.1 × 50 p at 88.89; up to the next step, before it is too late.
    expected: ["bar 1: buy 50 at 100 opens (enter)", "bar 2: sell 50 at 89 closes (liquidation)"],
  },
  {
    title: "a short position likewise, above",
    bars: [signal, [100, 101, 99, 100], [105, 115, 104, 110]],
    capital: 1_000,
    rules: fiveTimes,
    mirror: false,
    sent: [{ enter: "short", quantity: 50 }],
    // 6,000 − 50 p = 0.1 × 50 p at 109.09.
    expected: ["bar 1: sell 50 at 100 opens (enter)", "bar 2: buy 50 at 109 closes (liquidation)"],
  },
  {
    title: "a gap beyond the price of liquidation is what it gets",
    bars: [signal, [100, 101, 99, 100], [80, 82, 79, 81]],
    capital: 1_000,
    rules: fiveTimes,
    mirror: false,
    sent: [{ enter: "long", quantity: 50 }],
    expected: ["bar 1: buy 50 at 100 opens (enter)", "bar 2: sell 50 at 80 closes (liquidation)"],
  },
  {
    title: "a stop that comes before it saves the rest",
    bars: [signal, [100, 101, 99, 100], [95, 96, 85, 90]],
    capital: 1_000,
    rules: fiveTimes,
    sent: [{ enter: "long", quantity: 50, stop: 93 }],
    expected: ["bar 1: buy 50 at 100 opens (enter)", "bar 2: sell 50 at 93 closes (stop)"],
  },
  {
    title: "a stop behind it is never met",
    bars: [signal, [100, 101, 99, 100], [95, 96, 80, 90]],
    capital: 1_000,
    rules: fiveTimes,
    mirror: false,
    sent: [{ enter: "long", quantity: 50, stop: 85 }],
    expected: [
      "bar 1: buy 50 at 100 opens (enter)",
      "bar 2: sell 50 at 89 closes (liquidation)",
      "bar 2: entry stop cancelled",
    ],
  },
  {
    title: "what is bought with one's own money alone has no such price",
    bars: [signal, [100, 101, 99, 100], [50, 51, 1, 2]],
    capital: 1_000,
    rules: fiveTimes,
    mirror: false,
    sent: [{ enter: "long", quantity: 10 }],
    expected: ["bar 1: buy 10 at 100 opens (enter)"],
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
  "orders that wait to be touched": touched,
  "good till a moment": dates,
  "post-only orders": posted,
  "trailing by a share": shares,
  "the volume of a bar": volume,
  "orders on their way": latency,
  "the queue at a limit": queue,
  "when protection comes into force": protection,
  "what entries do, settled when they are placed": settled,
  "margin and liquidation": margin,
};

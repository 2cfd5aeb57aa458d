import type { PathName } from "../../src/path.js";
import type { SimpleCosts } from "./simple-costs.js";

// What fills where, checked by hand. A row is a few bars, what is sent at the close of one of them, and all that the
// market answers. Every row whose prices stay below 200 is also run upside down (100 + x for 100 − x), which is the
// same story for the other side; rows that say `mirror: false` have a twin of their own where there is one.

/** Open, high, low, close. */
export type Bar = readonly [number, number, number, number];

/** Sent at the close of bar `at`, 0 unless it says more. */
export type Sent =
  | {
      readonly enter: "long" | "short";
      readonly at?: number;
      /** `entry` unless it says more; its protection is `entry stop` and `entry target`. */
      readonly id?: string;
      readonly quantity?: number;
      readonly stop?: number;
      readonly target?: number;
    }
  | { readonly exit: "long" | "short"; readonly at?: number; readonly id?: string }
  | { readonly cancel: string; readonly at?: number };

/** Paths, separated by blanks, or `all`. */
export type Paths = string;

export interface FillCase {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly sent: readonly Sent[];
  /** Every event, in order, for every path. */
  readonly expected: Readonly<Record<Paths, readonly string[]>>;
  readonly mirror?: false;
  readonly costs?: Partial<SimpleCosts>;
  readonly capital?: number;
  /** Rows are run with this tick, whole lots and cents, and once more with everything as given, unless they say which. */
  readonly tick?: number;
  readonly only?: "exact" | "given";
}

export interface FillTable {
  readonly title: string;
  readonly cases: readonly FillCase[];
}

export const everyPath: readonly PathName[] = ["nearest", "ohlc", "olhc", "worst", "best"];

/** The bar at whose close most orders are sent; nothing trades in it. */
const signal: Bar = [100, 101, 99, 100];

const market: FillTable = {
  title: "market orders",
  cases: [
    {
      title: "an entry fills at the next open, not at the close it was decided on",
      bars: [signal, [103, 105, 102, 104]],
      sent: [{ enter: "long" }],
      expected: { all: ["bar 1: buy 1 at 103 opens (enter)"] },
    },
    {
      title: "an entry fills at the open, whatever better prices the bar had",
      bars: [signal, [103, 110, 90, 95]],
      sent: [{ enter: "long" }],
      expected: { all: ["bar 1: buy 1 at 103 opens (enter)"] },
    },
    {
      title: "an order sent a bar later fills a bar later",
      bars: [signal, [103, 105, 102, 104], [106, 107, 105, 106]],
      sent: [{ enter: "long", at: 1 }],
      expected: { all: ["bar 2: buy 1 at 106 opens (enter)"] },
    },
    {
      title: "an order sent at the last close is still waiting",
      bars: [signal],
      sent: [{ enter: "long" }],
      expected: { all: [] },
    },
    {
      title: "a bar of one price has an open like any other",
      bars: [signal, [104, 104, 104, 104]],
      sent: [{ enter: "long" }],
      expected: { all: ["bar 1: buy 1 at 104 opens (enter)"] },
    },
    {
      title: "an exit fills at the next open",
      bars: [signal, [100, 102, 99, 101], [101, 103, 100, 102], [104, 105, 103, 104]],
      sent: [{ enter: "long" }, { exit: "long", at: 2 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 3: sell 1 at 104 closes (exit)"] },
    },
    {
      title: "an exit closes the whole position",
      bars: [signal, [100, 102, 99, 101], [102, 103, 101, 102]],
      sent: [
        { enter: "long", quantity: 7 },
        { exit: "long", at: 1 },
      ],
      expected: { all: ["bar 1: buy 7 at 100 opens (enter)", "bar 2: sell 7 at 102 closes (exit)"] },
    },
    {
      title: "an exit when flat is cancelled at once and opens nothing",
      bars: [signal, [100, 101, 99, 100]],
      sent: [{ exit: "long" }],
      expected: { all: ["close 0: exit cancelled"] },
    },
    {
      title: "an exit from the other side than the position's is cancelled at once",
      bars: [signal, [100, 101, 99, 100], [100, 101, 99, 100]],
      sent: [{ enter: "long" }, { exit: "short", at: 1 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "close 1: exit cancelled"] },
    },
    {
      title: "an exit sent with the entry it should leave is cancelled: there is no position yet",
      bars: [signal, [100, 101, 99, 100]],
      sent: [{ enter: "long" }, { exit: "long" }],
      expected: { all: ["close 0: exit cancelled", "bar 1: buy 1 at 100 opens (enter)"] },
    },
    {
      title: "of two exits the second has nothing left to close",
      bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
      sent: [{ enter: "long" }, { exit: "long", at: 1 }, { exit: "long", at: 1, id: "again" }],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "bar 2: sell 1 at 102 closes (exit)",
          "bar 2: again cancelled",
        ],
      },
    },
    {
      title: "an entry on the side of the position is rejected",
      bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
      sent: [{ enter: "long" }, { enter: "long", at: 1, id: "more" }],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "bar 2: more rejected: there is a position on this side already",
        ],
      },
    },
    {
      title: "of two entries on one side the first fills",
      bars: [signal, [100, 101, 99, 100]],
      sent: [{ enter: "long" }, { enter: "long", id: "more" }],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "bar 1: more rejected: there is a position on this side already",
        ],
      },
    },
    {
      title: "of two entries on opposite sides the second turns the first round",
      bars: [signal, [100, 101, 99, 100]],
      sent: [{ enter: "long" }, { enter: "short", id: "other" }],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "bar 1: sell 1 at 100 closes (reversal)",
          "bar 1: sell 1 at 100 opens (enter)",
        ],
      },
    },
    {
      title: "an exit goes before an entry at the same open, so the entry finds no position",
      bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
      sent: [{ enter: "long" }, { exit: "long", at: 1 }, { enter: "long", at: 1, id: "again" }],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "bar 2: sell 1 at 102 closes (exit)",
          "bar 2: buy 1 at 102 opens (enter)",
        ],
      },
    },
    {
      title: "an exit goes before an entry even when it was sent after it",
      bars: [signal, [100, 101, 99, 100], [102, 103, 101, 102]],
      sent: [{ enter: "long" }, { enter: "long", at: 1, id: "again" }, { exit: "long", at: 1 }],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "bar 2: sell 1 at 102 closes (exit)",
          "bar 2: buy 1 at 102 opens (enter)",
        ],
      },
    },
  ],
};

const cancelling: FillTable = {
  title: "cancelling",
  cases: [
    {
      title: "an entry that is cancelled before the next bar never fills",
      bars: [signal, [100, 101, 99, 100]],
      sent: [{ enter: "long", stop: 95 }, { cancel: "entry" }],
      expected: { all: ["close 0: entry cancelled"] },
    },
    {
      title: "a cancelled stop no longer protects",
      bars: [signal, [100, 101, 99, 100], [100, 101, 90, 92]],
      sent: [
        { enter: "long", stop: 95, target: 105 },
        { cancel: "entry stop", at: 1 },
      ],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "close 1: entry stop cancelled"] },
    },
    {
      title: "a cancelled target leaves the stop, and the exit is not ambiguous",
      bars: [signal, [100, 101, 99, 100], [100, 106, 94, 100]],
      sent: [
        { enter: "long", stop: 95, target: 105 },
        { cancel: "entry target", at: 1 },
      ],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "close 1: entry target cancelled",
          "bar 2: sell 1 at 95 closes (stop)",
        ],
      },
    },
    {
      title: "an exit that is cancelled leaves position and protection as they were",
      bars: [signal, [100, 101, 99, 100], [99, 100, 96, 97], [97, 98, 94, 96]],
      sent: [
        { enter: "long", stop: 95 },
        { exit: "long", at: 1 },
        { cancel: "exit", at: 1 },
      ],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "close 1: exit cancelled",
          "bar 3: sell 1 at 95 closes (stop)",
        ],
      },
    },
    {
      title: "there is nothing to say about an order that is not there",
      bars: [signal, [100, 101, 99, 100]],
      sent: [{ cancel: "nobody" }, { enter: "long" }, { cancel: "entry", at: 1 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)"] },
    },
  ],
};

const stops: FillTable = {
  title: "protective stops",
  cases: [
    {
      title: "passed inside the bar, it fills at the stop",
      bars: [signal, [100, 102, 99, 101], [101, 102, 94, 96]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 95 closes (stop)"] },
    },
    {
      title: "touched by the low, it fills",
      bars: [signal, [100, 102, 99, 101], [101, 102, 95, 96]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 95 closes (stop)"] },
    },
    {
      title: "half a point below the low, it waits",
      bars: [signal, [100, 102, 99, 101], [101, 102, 95.5, 96]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)"] },
    },
    {
      title: "a gap through it fills at the open",
      bars: [signal, [100, 102, 99, 101], [92, 93, 90, 91]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 92 closes (stop)"] },
    },
    {
      title: "a gap through it fills at the open, though the bar came back",
      bars: [signal, [100, 102, 99, 101], [92, 99, 91, 98]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 92 closes (stop)"] },
    },
    {
      title: "an open exactly on it fills there",
      bars: [signal, [100, 102, 99, 101], [95, 99, 94, 98]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 95 closes (stop)"] },
    },
    {
      title: "the bar of the entry can hit it",
      bars: [signal, [100, 102, 94, 101]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 1: sell 1 at 95 closes (stop)"] },
    },
    {
      title: "an entry that opens beyond it leaves at once at that open",
      bars: [signal, [94, 102, 93, 101]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 94 opens (enter)", "bar 1: sell 1 at 94 closes (stop)"] },
    },
    {
      title: "an entry that opens exactly on it leaves at once",
      bars: [signal, [95, 102, 95, 101]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 95 opens (enter)", "bar 1: sell 1 at 95 closes (stop)"] },
    },
    {
      title: "an entry that opens beyond it leaves by it, and the target goes",
      bars: [signal, [94, 106, 93, 101]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: {
        all: [
          "bar 1: buy 1 at 94 opens (enter)",
          "bar 1: sell 1 at 94 closes (stop)",
          "bar 1: entry target cancelled",
        ],
      },
    },
    {
      title: "it waits as long as it takes",
      bars: [signal, [100, 102, 99, 101], [101, 103, 96, 97], [97, 99, 95.5, 98], [98, 98, 95, 95]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 4: sell 1 at 95 closes (stop)"] },
    },
    {
      title: "a bar of one price on it fills there",
      bars: [signal, [100, 102, 99, 101], [95, 95, 95, 95]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "bar 2: sell 1 at 95 closes (stop)",
          "bar 2: entry target cancelled",
        ],
      },
    },
    {
      title: "a bar of one price beyond it fills at that price",
      bars: [signal, [100, 102, 99, 101], [90, 90, 90, 90]],
      sent: [{ enter: "long", stop: 95 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 90 closes (stop)"] },
    },
    {
      title: "once it has filled, the next bar finds nothing to do",
      bars: [signal, [100, 102, 94, 96], [96, 97, 93, 94], [104, 106, 103, 105]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "bar 1: sell 1 at 95 closes (stop)",
          "bar 1: entry target cancelled",
        ],
      },
    },
  ],
};

const targets: FillTable = {
  title: "targets",
  cases: [
    {
      title: "passed inside the bar, it fills at the target and no better",
      bars: [signal, [100, 102, 99, 101], [101, 108, 100, 107]],
      sent: [{ enter: "long", target: 105 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 105 closes (target)"] },
    },
    {
      title: "touched by the high, it fills",
      bars: [signal, [100, 102, 99, 101], [101, 105, 100, 104]],
      sent: [{ enter: "long", target: 105 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 105 closes (target)"] },
    },
    {
      title: "half a point above the high, it waits",
      bars: [signal, [100, 102, 99, 101], [101, 104.5, 100, 104]],
      sent: [{ enter: "long", target: 105 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)"] },
    },
    {
      title: "a gap through it fills at the better open",
      bars: [signal, [100, 102, 99, 101], [107, 109, 106, 108]],
      sent: [{ enter: "long", target: 105 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 107 closes (target)"] },
    },
    {
      title: "an open exactly on it fills there",
      bars: [signal, [100, 102, 99, 101], [105, 107, 104, 106]],
      sent: [{ enter: "long", target: 105 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 105 closes (target)"] },
    },
    {
      title: "the bar of the entry can hit it",
      bars: [signal, [100, 106, 99, 101]],
      sent: [{ enter: "long", target: 105 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 1: sell 1 at 105 closes (target)"] },
    },
    {
      title: "an entry that opens beyond it leaves at once at that open, for nothing",
      bars: [signal, [106, 108, 99, 101]],
      sent: [{ enter: "long", target: 105 }],
      expected: { all: ["bar 1: buy 1 at 106 opens (enter)", "bar 1: sell 1 at 106 closes (target)"] },
    },
    {
      title: "an entry that opens beyond it leaves by it, and the stop goes",
      bars: [signal, [106, 108, 94, 101]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: {
        all: [
          "bar 1: buy 1 at 106 opens (enter)",
          "bar 1: sell 1 at 106 closes (target)",
          "bar 1: entry stop cancelled",
        ],
      },
    },
    {
      title: "a bar of one price on it fills there",
      bars: [signal, [100, 102, 99, 101], [105, 105, 105, 105]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: {
        all: [
          "bar 1: buy 1 at 100 opens (enter)",
          "bar 2: sell 1 at 105 closes (target)",
          "bar 2: entry stop cancelled",
        ],
      },
    },
    {
      title: "a bar of one price beyond it fills at that price",
      bars: [signal, [100, 102, 99, 101], [110, 110, 110, 110]],
      sent: [{ enter: "long", target: 105 }],
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 110 closes (target)"] },
    },
  ],
};

const opened = "bar 1: buy 1 at 100 opens (enter)";

const brackets: FillTable = {
  title: "stop and target in one bar",
  cases: [
    {
      title: "the low is nearer to the open",
      bars: [signal, [100, 102, 99, 101], [99, 106, 94, 100]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: {
        "nearest olhc worst": [
          opened,
          "bar 2: sell 1 at 95 closes (stop, ambiguous)",
          "bar 2: entry target cancelled",
        ],
        "ohlc best": [
          opened,
          "bar 2: sell 1 at 105 closes (target, ambiguous)",
          "bar 2: entry stop cancelled",
        ],
      },
    },
    {
      title: "the high is nearer to the open",
      bars: [signal, [100, 102, 99, 101], [101, 106, 94, 100]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: {
        "olhc worst": [
          opened,
          "bar 2: sell 1 at 95 closes (stop, ambiguous)",
          "bar 2: entry target cancelled",
        ],
        "nearest ohlc best": [
          opened,
          "bar 2: sell 1 at 105 closes (target, ambiguous)",
          "bar 2: entry stop cancelled",
        ],
      },
    },
    {
      title: "both extremes exactly on them",
      bars: [signal, [100, 102, 99, 101], [99, 105, 95, 100]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: {
        "nearest olhc worst": [
          opened,
          "bar 2: sell 1 at 95 closes (stop, ambiguous)",
          "bar 2: entry target cancelled",
        ],
        "ohlc best": [
          opened,
          "bar 2: sell 1 at 105 closes (target, ambiguous)",
          "bar 2: entry stop cancelled",
        ],
      },
    },
    {
      title: "on the bar of the entry",
      bars: [signal, [100, 106, 93, 101]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: {
        "olhc worst": [
          opened,
          "bar 1: sell 1 at 95 closes (stop, ambiguous)",
          "bar 1: entry target cancelled",
        ],
        "nearest ohlc best": [
          opened,
          "bar 1: sell 1 at 105 closes (target, ambiguous)",
          "bar 1: entry stop cancelled",
        ],
      },
    },
    {
      title: "the stop inside and the target just outside: nothing is ambiguous",
      bars: [signal, [100, 102, 99, 101], [101, 104.5, 94, 100]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: { all: [opened, "bar 2: sell 1 at 95 closes (stop)", "bar 2: entry target cancelled"] },
    },
    {
      title: "the target inside and the stop just outside: nothing is ambiguous",
      bars: [signal, [100, 102, 99, 101], [101, 106, 95.5, 100]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: { all: [opened, "bar 2: sell 1 at 105 closes (target)", "bar 2: entry stop cancelled"] },
    },
    {
      title: "a gap through the stop decides it, though the bar went on to the target",
      bars: [signal, [100, 102, 99, 101], [93, 106, 92, 105]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: { all: [opened, "bar 2: sell 1 at 93 closes (stop)", "bar 2: entry target cancelled"] },
    },
    {
      title: "a gap through the target decides it, though the bar went on to the stop",
      bars: [signal, [100, 102, 99, 101], [107, 108, 94, 95]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: { all: [opened, "bar 2: sell 1 at 107 closes (target)", "bar 2: entry stop cancelled"] },
    },
    {
      title: "a bar that touches neither leaves both",
      bars: [signal, [100, 102, 99, 101], [101, 104, 96, 100], [100, 104.5, 95.5, 100]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      expected: { all: [opened] },
    },
    {
      title: "at one price above the open, the stop is beyond already",
      bars: [signal, [100, 106, 99, 101]],
      sent: [{ enter: "long", stop: 105, target: 105 }],
      expected: { all: [opened, "bar 1: sell 1 at 100 closes (stop)", "bar 1: entry target cancelled"] },
    },
    {
      title: "at one price below the open, the target is beyond already",
      bars: [signal, [100, 106, 94, 101]],
      sent: [{ enter: "long", stop: 95, target: 95 }],
      expected: { all: [opened, "bar 1: sell 1 at 100 closes (target)", "bar 1: entry stop cancelled"] },
    },
    {
      title: "at one price, that of the open, the stop goes first",
      bars: [signal, [100, 106, 94, 101]],
      sent: [{ enter: "long", stop: 100, target: 100 }],
      expected: { all: [opened, "bar 1: sell 1 at 100 closes (stop)", "bar 1: entry target cancelled"] },
    },
    {
      title: "only the position still open can be ambiguous: what remains of an older exit does not count",
      bars: [signal, [100, 106, 99, 101], [101, 102, 94, 96]],
      sent: [
        { enter: "long", stop: 95, target: 105 },
        { enter: "long", at: 1, id: "again", stop: 95, target: 110 },
      ],
      expected: {
        all: [
          opened,
          "bar 1: sell 1 at 105 closes (target)",
          "bar 1: entry stop cancelled",
          "bar 2: buy 1 at 101 opens (enter)",
          "bar 2: sell 1 at 95 closes (stop)",
          "bar 2: again target cancelled",
        ],
      },
    },
  ],
};

const ties: FillTable = {
  title: "bars whose extremes are equally far from the open",
  cases: [
    {
      title: "nearest takes the low first: a long position meets its stop",
      bars: [signal, [100, 102, 99, 101], [100, 106, 94, 100]],
      sent: [{ enter: "long", stop: 95, target: 105 }],
      mirror: false,
      expected: {
        "nearest olhc worst": [
          opened,
          "bar 2: sell 1 at 95 closes (stop, ambiguous)",
          "bar 2: entry target cancelled",
        ],
        "ohlc best": [
          opened,
          "bar 2: sell 1 at 105 closes (target, ambiguous)",
          "bar 2: entry stop cancelled",
        ],
      },
    },
    {
      title: "nearest takes the low first: a short position meets its target",
      bars: [signal, [100, 102, 99, 101], [100, 106, 94, 100]],
      sent: [{ enter: "short", stop: 105, target: 95 }],
      mirror: false,
      expected: {
        "nearest olhc best": [
          "bar 1: sell 1 at 100 opens (enter)",
          "bar 2: buy 1 at 95 closes (target, ambiguous)",
          "bar 2: entry stop cancelled",
        ],
        "ohlc worst": [
          "bar 1: sell 1 at 100 opens (enter)",
          "bar 2: buy 1 at 105 closes (stop, ambiguous)",
          "bar 2: entry target cancelled",
        ],
      },
    },
    {
      title: "equal in decimals, the last bits say high first, as TradingView traded on 2025-06-28",
      bars: [signal, [2425.21, 2426.43, 2423.99, 2424.98]],
      sent: [{ enter: "long", stop: 2424.7, target: 2425.7 }],
      tick: 0.01,
      mirror: false,
      expected: {
        "nearest ohlc best": [
          "bar 1: buy 1 at 2425.21 opens (enter)",
          "bar 1: sell 1 at 2425.7 closes (target, ambiguous)",
          "bar 1: entry stop cancelled",
        ],
        "olhc worst": [
          "bar 1: buy 1 at 2425.21 opens (enter)",
          "bar 1: sell 1 at 2424.7 closes (stop, ambiguous)",
          "bar 1: entry target cancelled",
        ],
      },
    },
    {
      title: "equal in decimals, the last bits say low first, as TradingView traded on 2025-08-30",
      bars: [signal, [4369.65, 4376.51, 4362.79, 4375.41]],
      sent: [{ enter: "long", stop: 4369.15, target: 4370.15 }],
      tick: 0.01,
      mirror: false,
      expected: {
        "nearest olhc worst": [
          "bar 1: buy 1 at 4369.65 opens (enter)",
          "bar 1: sell 1 at 4369.15 closes (stop, ambiguous)",
          "bar 1: entry target cancelled",
        ],
        "ohlc best": [
          "bar 1: buy 1 at 4369.65 opens (enter)",
          "bar 1: sell 1 at 4370.15 closes (target, ambiguous)",
          "bar 1: entry stop cancelled",
        ],
      },
    },
  ],
};

const exits: FillTable = {
  title: "exit orders beside stop and target",
  cases: [
    {
      title: "the exit leaves at the open, before the bar reaches the stop",
      bars: [signal, [100, 102, 99, 101], [98, 99, 94, 95]],
      sent: [
        { enter: "long", stop: 95 },
        { exit: "long", at: 1 },
      ],
      expected: { all: [opened, "bar 2: sell 1 at 98 closes (exit)", "bar 2: entry stop cancelled"] },
    },
    {
      title: "the exit leaves at the open, before the bar reaches the target",
      bars: [signal, [100, 102, 99, 101], [103, 106, 102, 105]],
      sent: [
        { enter: "long", stop: 95, target: 105 },
        { exit: "long", at: 1 },
      ],
      expected: {
        all: [
          opened,
          "bar 2: sell 1 at 103 closes (exit)",
          "bar 2: entry stop cancelled",
          "bar 2: entry target cancelled",
        ],
      },
    },
    {
      title: "a gap through the stop at the open of the exit: the exit is named",
      bars: [signal, [100, 102, 99, 101], [93, 94, 92, 93]],
      sent: [
        { enter: "long", stop: 95 },
        { exit: "long", at: 1 },
      ],
      expected: { all: [opened, "bar 2: sell 1 at 93 closes (exit)", "bar 2: entry stop cancelled"] },
    },
    {
      title: "a gap through the target at the open of the exit: the exit is named",
      bars: [signal, [100, 102, 99, 101], [107, 108, 106, 107]],
      sent: [
        { enter: "long", target: 105 },
        { exit: "long", at: 1 },
      ],
      expected: { all: [opened, "bar 2: sell 1 at 107 closes (exit)", "bar 2: entry target cancelled"] },
    },
  ],
};

const reversals: FillTable = {
  title: "reversal",
  cases: [
    {
      title: "one entry closes and opens, at one open",
      bars: [signal, [100, 102, 99, 101], [103, 104, 102, 103]],
      sent: [{ enter: "long" }, { enter: "short", at: 1, id: "turn" }],
      expected: {
        all: [opened, "bar 2: sell 1 at 103 closes (reversal)", "bar 2: sell 1 at 103 opens (enter)"],
      },
    },
    {
      title: "sizes need not be equal: all of the old, as much as was asked of the new",
      bars: [signal, [100, 102, 99, 101], [103, 104, 102, 103]],
      sent: [
        { enter: "long", quantity: 2 },
        { enter: "short", at: 1, id: "turn", quantity: 5 },
      ],
      expected: {
        all: [
          "bar 1: buy 2 at 100 opens (enter)",
          "bar 2: sell 2 at 103 closes (reversal)",
          "bar 2: sell 5 at 103 opens (enter)",
        ],
      },
    },
    {
      title: "the protection of the old position goes, that of the new one stands from that open on",
      bars: [signal, [100, 102, 99, 101], [103, 107, 102, 103]],
      sent: [
        { enter: "long", stop: 95, target: 120 },
        { enter: "short", at: 1, id: "turn", stop: 106, target: 90 },
      ],
      expected: {
        all: [
          opened,
          "bar 2: sell 1 at 103 closes (reversal)",
          "bar 2: entry stop cancelled",
          "bar 2: entry target cancelled",
          "bar 2: sell 1 at 103 opens (enter)",
          "bar 2: buy 1 at 106 closes (stop)",
          "bar 2: turn target cancelled",
        ],
      },
    },
    {
      title: "the old stop and target inside the bar of the reversal no longer trade",
      bars: [signal, [100, 102, 99, 101], [101, 106, 94, 100]],
      sent: [
        { enter: "long", stop: 95, target: 105 },
        { enter: "short", at: 1, id: "turn" },
      ],
      expected: {
        all: [
          opened,
          "bar 2: sell 1 at 101 closes (reversal)",
          "bar 2: entry stop cancelled",
          "bar 2: entry target cancelled",
          "bar 2: sell 1 at 101 opens (enter)",
        ],
      },
    },
    {
      title: "worst and best look at the new position",
      bars: [signal, [100, 102, 99, 101], [101, 106, 95, 100]],
      sent: [{ enter: "long" }, { enter: "short", at: 1, id: "turn", stop: 105, target: 96 }],
      expected: {
        "nearest ohlc worst": [
          opened,
          "bar 2: sell 1 at 101 closes (reversal)",
          "bar 2: sell 1 at 101 opens (enter)",
          "bar 2: buy 1 at 105 closes (stop, ambiguous)",
          "bar 2: turn target cancelled",
        ],
        "olhc best": [
          opened,
          "bar 2: sell 1 at 101 closes (reversal)",
          "bar 2: sell 1 at 101 opens (enter)",
          "bar 2: buy 1 at 96 closes (target, ambiguous)",
          "bar 2: turn stop cancelled",
        ],
      },
    },
    {
      title: "a gap through the old stop closes by the stop, and the entry opens",
      bars: [signal, [100, 102, 99, 101], [93, 94, 92, 93]],
      sent: [
        { enter: "long", stop: 95 },
        { enter: "short", at: 1, id: "turn" },
      ],
      expected: {
        all: [opened, "bar 2: sell 1 at 93 closes (stop)", "bar 2: sell 1 at 93 opens (enter)"],
      },
    },
    {
      title: "a gap through the old target closes by the target, and the entry opens",
      bars: [signal, [100, 102, 99, 101], [107, 108, 106, 107]],
      sent: [
        { enter: "long", target: 105 },
        { enter: "short", at: 1, id: "turn" },
      ],
      expected: {
        all: [opened, "bar 2: sell 1 at 107 closes (target)", "bar 2: sell 1 at 107 opens (enter)"],
      },
    },
    {
      title: "the new position leaves at once where its stop is beyond the open",
      bars: [signal, [100, 102, 99, 101], [107, 108, 90, 107]],
      sent: [{ enter: "long" }, { enter: "short", at: 1, id: "turn", stop: 106, target: 95 }],
      expected: {
        all: [
          opened,
          "bar 2: sell 1 at 107 closes (reversal)",
          "bar 2: sell 1 at 107 opens (enter)",
          "bar 2: buy 1 at 107 closes (stop)",
          "bar 2: turn target cancelled",
        ],
      },
    },
    {
      title: "an exit at the same open goes first: the entry then opens and turns nothing",
      bars: [signal, [100, 102, 99, 101], [103, 104, 102, 103]],
      sent: [{ enter: "long" }, { enter: "short", at: 1, id: "turn" }, { exit: "long", at: 1 }],
      expected: {
        all: [opened, "bar 2: sell 1 at 103 closes (exit)", "bar 2: sell 1 at 103 opens (enter)"],
      },
    },
    {
      title: "what it closes is closed even if the account cannot pay for what it opens",
      bars: [signal, [100, 102, 99, 101], [200, 201, 199, 200]],
      sent: [
        { enter: "short", quantity: 10 },
        { enter: "long", at: 1, id: "turn", quantity: 1 },
      ],
      capital: 1000,
      mirror: false,
      expected: {
        all: [
          "bar 1: sell 10 at 100 opens (enter)",
          "bar 2: buy 10 at 200 closes (reversal)",
          "bar 2: turn rejected: the account cannot pay for any of it",
        ],
      },
    },
    {
      title: "commission is paid for closing and for opening",
      bars: [signal, [100, 102, 99, 101], [103, 104, 102, 103]],
      sent: [
        { enter: "long", quantity: 2 },
        { enter: "short", at: 1, id: "turn", quantity: 5 },
      ],
      costs: { commission: 0.001 },
      only: "exact",
      mirror: false,
      expected: {
        all: [
          "bar 1: buy 2 at 100 opens (enter), commission 0.2",
          "bar 2: sell 2 at 103 closes (reversal), commission 0.21",
          "bar 2: sell 5 at 103 opens (enter), commission 0.52",
        ],
      },
    },
  ],
};

const slippage: FillTable = {
  title: "slippage",
  cases: [
    {
      title: "in ticks: entry, exit and stop lose them",
      bars: [signal, [100, 102, 99, 101], [101, 102, 94, 96]],
      sent: [{ enter: "long", stop: 95 }],
      costs: { slippage: { unit: "ticks", value: 2 } },
      tick: 0.25,
      only: "exact",
      expected: { all: ["bar 1: buy 1 at 100.5 opens (enter)", "bar 2: sell 1 at 94.5 closes (stop)"] },
    },
    {
      title: "in ticks: an exit order loses them",
      bars: [signal, [100, 102, 99, 101], [101, 102, 94, 96]],
      sent: [{ enter: "long" }, { exit: "long", at: 1 }],
      costs: { slippage: { unit: "ticks", value: 1 } },
      tick: 0.25,
      only: "exact",
      expected: { all: ["bar 1: buy 1 at 100.25 opens (enter)", "bar 2: sell 1 at 100.75 closes (exit)"] },
    },
    {
      title: "a target loses nothing",
      bars: [signal, [100, 102, 99, 101], [101, 106, 100, 104]],
      sent: [{ enter: "long", target: 105 }],
      costs: { slippage: { unit: "ticks", value: 2 } },
      tick: 0.25,
      only: "exact",
      expected: { all: ["bar 1: buy 1 at 100.5 opens (enter)", "bar 2: sell 1 at 105 closes (target)"] },
    },
    {
      title: "a gap through the target loses nothing either",
      bars: [signal, [100, 102, 99, 101], [107, 108, 106, 107]],
      sent: [{ enter: "long", target: 105 }],
      costs: { slippage: { unit: "ticks", value: 2 } },
      tick: 0.25,
      only: "exact",
      expected: { all: ["bar 1: buy 1 at 100.5 opens (enter)", "bar 2: sell 1 at 107 closes (target)"] },
    },
    {
      title: "a gap through the stop loses it from the open",
      bars: [signal, [100, 102, 99, 101], [92, 93, 90, 91]],
      sent: [{ enter: "long", stop: 95 }],
      costs: { slippage: { unit: "ticks", value: 2 } },
      tick: 0.25,
      only: "exact",
      expected: { all: ["bar 1: buy 1 at 100.5 opens (enter)", "bar 2: sell 1 at 91.5 closes (stop)"] },
    },
    {
      title: "a stop may trade beyond the low of the bar: slippage is no print",
      bars: [signal, [100, 102, 99, 101], [101, 102, 95, 96]],
      sent: [{ enter: "long", stop: 95 }],
      costs: { slippage: { unit: "ticks", value: 1 } },
      tick: 1,
      only: "exact",
      expected: { all: ["bar 1: buy 1 at 101 opens (enter)", "bar 2: sell 1 at 94 closes (stop)"] },
    },
    {
      title: "a stop looks at the price of the market, not at the slipped one its entry paid",
      bars: [signal, [100, 102, 94, 101]],
      sent: [{ enter: "long", stop: 100 }],
      costs: { slippage: { unit: "ticks", value: 1 } },
      tick: 1,
      only: "exact",
      expected: { all: ["bar 1: buy 1 at 101 opens (enter)", "bar 1: sell 1 at 99 closes (stop)"] },
    },
    {
      title: "a reversal loses it for both legs",
      bars: [signal, [100, 102, 99, 101], [103, 104, 102, 103]],
      sent: [{ enter: "long" }, { enter: "short", at: 1, id: "turn" }],
      costs: { slippage: { unit: "ticks", value: 1 } },
      tick: 0.5,
      only: "exact",
      expected: {
        all: [
          "bar 1: buy 1 at 100.5 opens (enter)",
          "bar 2: sell 1 at 102.5 closes (reversal)",
          "bar 2: sell 1 at 102.5 opens (enter)",
        ],
      },
    },
    {
      title: "a share of the price, as given",
      bars: [signal, [100, 102, 99, 101], [101, 102, 94, 96]],
      sent: [{ enter: "long", stop: 96 }],
      costs: { slippage: { unit: "ratio", value: 0.0625 } },
      only: "given",
      mirror: false,
      expected: { all: ["bar 1: buy 1 at 106.25 opens (enter)", "bar 2: sell 1 at 90 closes (stop)"] },
    },
    {
      title: "a share of the price is rounded to ticks against the trader: up to buy, down to sell",
      bars: [signal, [100, 102, 99, 101], [101, 102, 94, 96]],
      sent: [{ enter: "long", stop: 95 }],
      costs: { slippage: { unit: "ratio", value: 0.001 } },
      tick: 0.25,
      only: "exact",
      mirror: false,
      // 100.1 and 94.905
      expected: { all: ["bar 1: buy 1 at 100.25 opens (enter)", "bar 2: sell 1 at 94.75 closes (stop)"] },
    },
    {
      title: "the same for a short position",
      bars: [signal, [100, 102, 99, 101], [101, 106, 94, 96]],
      sent: [{ enter: "short", stop: 105 }],
      costs: { slippage: { unit: "ratio", value: 0.001 } },
      tick: 0.25,
      only: "exact",
      mirror: false,
      // 99.9 and 105.105
      expected: { all: ["bar 1: sell 1 at 99.75 opens (enter)", "bar 2: buy 1 at 105.25 closes (stop)"] },
    },
    {
      title: "a share that makes whole ticks costs no tick more, though doubles would say 100.00999999999999",
      bars: [signal, [100, 102, 99, 101], [70, 71, 69, 70]],
      sent: [{ enter: "long" }, { exit: "long", at: 1 }],
      costs: { slippage: { unit: "ratio", value: 0.0001 } },
      tick: 0.01,
      only: "exact",
      mirror: false,
      // 100.01, and 69.993, which is 69.99 to sell.
      expected: { all: ["bar 1: buy 1 at 100.01 opens (enter)", "bar 2: sell 1 at 69.99 closes (exit)"] },
    },
    {
      title: "nothing is sold below zero",
      bars: [
        [2, 2, 2, 2],
        [2, 3, 1, 2],
        [1, 2, 1, 1],
      ],
      sent: [{ enter: "long" }, { exit: "long", at: 1 }],
      costs: { slippage: { unit: "ticks", value: 3 } },
      tick: 0.5,
      only: "exact",
      mirror: false,
      expected: { all: ["bar 1: buy 1 at 3.5 opens (enter)", "bar 2: sell 1 at 0 closes (exit)"] },
    },
    {
      title: "below zero, as oil once was, worse is still worse",
      bars: [
        [-10, -9, -11, -10],
        [-10, -9, -11, -10],
        [-20, -19, -21, -20],
      ],
      sent: [{ enter: "long" }, { exit: "long", at: 1 }],
      costs: { slippage: { unit: "ratio", value: 0.25 } },
      tick: 0.5,
      mirror: false,
      expected: { all: ["bar 1: buy 1 at -7.5 opens (enter)", "bar 2: sell 1 at -25 closes (exit)"] },
    },
  ],
};

const account: FillTable = {
  title: "what the account can pay for",
  cases: [
    {
      title: "all of it, to the last unit",
      bars: [signal, [100, 102, 99, 101]],
      sent: [{ enter: "long", quantity: 10 }],
      capital: 1000,
      expected: { all: ["bar 1: buy 10 at 100 opens (enter)"] },
    },
    {
      title: "a gap up makes the entry smaller, and says so; its protection is as large as what was bought",
      bars: [signal, [105, 106, 104, 105], [104, 105, 94, 95]],
      sent: [{ enter: "long", quantity: 10, stop: 95 }],
      capital: 1000,
      only: "exact",
      mirror: false,
      // 1000 / 105 = 9.52
      expected: {
        all: [
          "bar 1: entry reduced from 10 to 9",
          "bar 1: buy 9 at 105 opens (enter)",
          "bar 2: sell 9 at 95 closes (stop)",
        ],
      },
    },
    {
      title: "without lots the fraction is bought",
      bars: [signal, [125, 126, 124, 125]],
      sent: [{ enter: "long", quantity: 10 }],
      capital: 1000,
      only: "given",
      mirror: false,
      expected: { all: ["bar 1: entry reduced from 10 to 8", "bar 1: buy 8 at 125 opens (enter)"] },
    },
    {
      title: "commission is part of it",
      bars: [signal, [100, 102, 99, 101]],
      sent: [{ enter: "long", quantity: 10 }],
      capital: 1000,
      costs: { commission: 0.001 },
      only: "exact",
      mirror: false,
      expected: {
        all: ["bar 1: entry reduced from 10 to 9", "bar 1: buy 9 at 100 opens (enter), commission 0.9"],
      },
    },
    {
      title: "value and commission may take the very last cent",
      bars: [signal, [100, 102, 99, 101]],
      sent: [{ enter: "long", quantity: 10 }],
      capital: 1001,
      costs: { commission: 0.001 },
      only: "exact",
      mirror: false,
      expected: { all: ["bar 1: buy 10 at 100 opens (enter), commission 1"] },
    },
    {
      title: "a cent less buys one less",
      bars: [signal, [100, 102, 99, 101]],
      sent: [{ enter: "long", quantity: 10 }],
      capital: 1000.99,
      costs: { commission: 0.001 },
      only: "exact",
      mirror: false,
      expected: {
        all: ["bar 1: entry reduced from 10 to 9", "bar 1: buy 9 at 100 opens (enter), commission 0.9"],
      },
    },
    {
      title: "slippage is part of it",
      bars: [signal, [100, 102, 99, 101]],
      sent: [{ enter: "long", quantity: 10 }],
      capital: 1000,
      costs: { slippage: { unit: "ticks", value: 1 } },
      tick: 0.5,
      only: "exact",
      mirror: false,
      expected: { all: ["bar 1: entry reduced from 10 to 9", "bar 1: buy 9 at 100.5 opens (enter)"] },
    },
    {
      title: "a short sale needs as much",
      bars: [signal, [105, 106, 104, 105]],
      sent: [{ enter: "short", quantity: 10 }],
      capital: 1000,
      only: "exact",
      mirror: false,
      expected: { all: ["bar 1: entry reduced from 10 to 9", "bar 1: sell 9 at 105 opens (enter)"] },
    },
    {
      title: "an account that cannot pay for one lot buys nothing, and no protection is placed",
      bars: [signal, [1500, 1600, 90, 100]],
      sent: [{ enter: "long", quantity: 10, stop: 95 }],
      capital: 1000,
      only: "exact",
      mirror: false,
      expected: { all: ["bar 1: entry rejected: the account cannot pay for any of it"] },
    },
    {
      title: "an account below zero opens nothing",
      bars: [signal, [100, 102, 99, 101], [201, 202, 200, 201], [100, 101, 99, 100]],
      sent: [
        { enter: "short", quantity: 10 },
        { exit: "short", at: 1 },
        { enter: "long", at: 2, id: "again", quantity: 1 },
      ],
      capital: 1000,
      mirror: false,
      expected: {
        all: [
          "bar 1: sell 10 at 100 opens (enter)",
          "bar 2: buy 10 at 201 closes (exit)",
          "bar 3: again rejected: the account cannot pay for any of it",
        ],
      },
    },
    {
      title: "an account at zero opens nothing, even where it would cost nothing",
      bars: [signal, [100, 102, 99, 101], [200, 201, 199, 200], [0, 0, 0, 0]],
      sent: [
        { enter: "short", quantity: 10 },
        { exit: "short", at: 1 },
        { enter: "long", at: 2, id: "again", quantity: 1 },
      ],
      capital: 1000,
      mirror: false,
      expected: {
        all: [
          "bar 1: sell 10 at 100 opens (enter)",
          "bar 2: buy 10 at 200 closes (exit)",
          "bar 3: again rejected: the account cannot pay for any of it",
        ],
      },
    },
  ],
};

const rounding: FillTable = {
  title: "rounding to cents",
  cases: [
    {
      title: "commission is rounded half to even: 0.125 to 0.12, 0.135 to 0.14",
      bars: [signal, [125, 136, 124, 126], [135, 136, 134, 135]],
      sent: [{ enter: "long" }, { exit: "long", at: 1 }],
      costs: { commission: 0.001 },
      only: "exact",
      mirror: false,
      expected: {
        all: [
          "bar 1: buy 1 at 125 opens (enter), commission 0.12",
          "bar 2: sell 1 at 135 closes (exit), commission 0.14",
        ],
      },
    },
    {
      title: "prices of the data that are off the grid go to the nearest tick, half to even",
      bars: [signal, [100.25, 102, 99, 101], [101.2, 102, 100, 101]],
      sent: [{ enter: "long" }, { exit: "long", at: 1 }],
      tick: 0.5,
      only: "exact",
      mirror: false,
      expected: { all: ["bar 1: buy 1 at 100 opens (enter)", "bar 2: sell 1 at 101 closes (exit)"] },
    },
  ],
};

export const fillTables: readonly FillTable[] = [
  market,
  cancelling,
  stops,
  targets,
  brackets,
  ties,
  exits,
  reversals,
  slippage,
  account,
  rounding,
];

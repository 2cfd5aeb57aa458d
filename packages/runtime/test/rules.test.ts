import { describe, expect, it } from "vitest";
import type { Plan, PlannedEnter, PlannedExit, PlannedLimit } from "@bitfever/lang";
import { barsOf, defaultSettings, type Settings } from "@bitfever/engine";
import { fieldsWithSessions, handPlan, watch, type Column } from "./by-hand.js";

/* What a session makes of rules, bar by bar, against the simulated venue. Prices are whole, sizes 10 units. */

type Prices = readonly (readonly [open: number, high: number, low: number, close: number])[];

const settings: Settings = {
  ...defaultSettings,
  initial_capital: 10_000,
  tick: 0.5,
  lot: 1,
  money_decimals: 2,
};

/** Bars of one price. */
const flat = (...prices: readonly number[]): Prices => prices.map((each) => [each, each, each, each]);

const enter = (column: Column, given: Partial<PlannedEnter> = {}): PlannedEnter => ({
  kind: "enter",
  side: "long",
  tag: "long",
  when: column("yes"),
  form: { kind: "market", at: "open" },
  duration: { kind: "gtc" },
  size: { kind: "units", value: column("ten"), cap: null },
  stop: null,
  targets: [],
  trail: null,
  entries: 1,
  group: null,
  ...given,
});

const exit = (column: Column, given: Partial<PlannedExit> = {}): PlannedExit => ({
  kind: "exit",
  side: null,
  tag: "out",
  when: column("yes"),
  form: { kind: "market", at: "open" },
  duration: { kind: "gtc" },
  share: null,
  ...given,
});

function run(
  prices: Prices,
  lets: string,
  build: (column: Column) => Partial<Plan>,
  { sessionLength = 100, given = settings }: { sessionLength?: number; given?: Settings } = {},
): ReturnType<typeof watch> {
  const column = (k: number): Float64Array => Float64Array.from(prices, (bar) => bar[k]);
  const bars = barsOf("HAND", {
    time: Float64Array.from(prices, (_, i) => i * 60_000),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(3),
  });
  const common = "let yes = true let ten = 10";
  const plan = handPlan((of) => ({ warmup: 0, ...build(of) }), `${common} ${lets}`);
  return watch({ plan, fields: fieldsWithSessions(bars, sessionLength), settings: given });
}

/** What was sent and what filled, a line for each bar. */
const story = ([, told]: ReturnType<typeof watch>): string[] =>
  told.map(({ sent, fills }) =>
    [
      ...fills.map(({ side, quantity, price }) => `${side} ${quantity} at ${price / 2}`),
      ...sent.map(({ type, side, price }) => `send ${type} ${side}${price === null ? "" : ` ${price / 2}`}`),
    ].join(", "),
  );

describe("an order that rests", () => {
  it("is replaced while its condition holds, and stays as it was when it does not", () => {
    const told = run(flat(100, 102, 99, 110), "let signal = close > 99 let price = close - 10", (column) => ({
      rules: [enter(column, { when: column("signal"), form: { kind: "limit", price: column("price") } })],
    }));
    expect(story(told)).toEqual(["send limit buy 90", "send limit buy 92", "", "send limit buy 100"]);
    expect(told[1].map(({ venue }) => venue.working.map(({ price }) => price))).toEqual([
      [180],
      [184],
      [184],
      [200],
    ]);
  });

  it("is taken back by a cancel rule of its tag, and not by one of another", () => {
    const told = (tag: string | null): number[] =>
      run(
        flat(100, 101, 101),
        "let first = close == 100 let second = close == 101 let price = 90",
        (column) => ({
          rules: [
            enter(column, { when: column("first"), form: { kind: "limit", price: column("price") } }),
            { kind: "cancel", tag, when: column("second") },
          ],
        }),
      )[1].map(({ venue }) => venue.working.length);
    expect(told("long")).toEqual([1, 0, 0]);
    expect(told(null)).toEqual([1, 0, 0]);
    expect(told("other")).toEqual([1, 1, 1]);
  });

  it("is not taken back when it is protection", () => {
    const told = run(flat(100, 101, 101), "let low_stop = 90 let later = close == 101", (column) => ({
      rules: [
        enter(column, { stop: { price: column("low_stop"), by: null, limit: null } }),
        { kind: "cancel", tag: null, when: column("later") },
      ],
    }));
    expect(told[1].map(({ venue }) => venue.working.map(({ type }) => type))).toEqual([
      ["market"],
      ["stop"],
      ["stop"],
    ]);
  });

  it("is not sent on a bar that takes back every order", () => {
    const told = run(flat(100, 101, 100), "let price = 90", (column) => ({
      rules: [
        enter(column, { form: { kind: "limit", price: column("price") } }),
        { kind: "cancel", tag: null, when: column("yes") },
      ],
    }));
    expect(told[1].map(({ venue }) => venue.working.length)).toEqual([0, 0, 0]);
  });

  it("is sent for two rules of different tags at once, and for two of one tag only for the first", () => {
    const told = run(flat(100), "let a = 90 let b = 80", (column) => ({
      rules: [
        enter(column, { tag: "one", form: { kind: "limit", price: column("a") } }),
        enter(column, { tag: "two", form: { kind: "limit", price: column("b") } }),
        enter(column, { tag: "two", form: { kind: "limit", price: column("a") } }),
      ],
    }));
    expect(story(told)).toEqual(["send limit buy 90, send limit buy 80"]);
  });
});

describe("sizes and prices", () => {
  it("are those of the order, not of the close", () => {
    const told = run(flat(100), "let price = 80 let stop_price = 70 let risk = 0.01", (column) => ({
      rules: [
        enter(column, {
          form: { kind: "limit", price: column("price") },
          size: { kind: "risk", value: column("risk"), cap: null },
          stop: { price: column("stop_price"), by: null, limit: null },
        }),
      ],
    }));
    expect(told[1][0].sent[0]).toMatchObject({ quantity: 10, price: 160 });
  });

  it("stand so far from the fill, not from the close that sent the entry", () => {
    const bars: readonly (readonly [number, number, number, number])[] = [
      [100, 100, 100, 100],
      [104, 106, 103, 105],
      [105, 105, 98, 99],
    ];
    const places = (by: "price" | "ratio", distance: number) =>
      run(bars, `let distance = ${distance}`, (column) => ({
        rules: [
          enter(column, {
            when: column("yes"),
            stop: { price: column("distance"), by, limit: null },
            targets: [{ price: column("distance"), by, share: null }],
          }),
        ],
      }))[1][1].venue.working.map(({ price }) => price);
    // In steps of half a point: 104 is 208.
    expect(places("price", 5)).toEqual([198, 218]);
    expect(places("ratio", 0.05)).toEqual([208 - 11, 208 + 11]);
  });

  it("that a trail goes by stand so far from the fill too", () => {
    const bars: readonly (readonly [number, number, number, number])[] = [
      [100, 100, 100, 100],
      [104, 109, 103, 108],
      [108, 108, 107, 107.5],
    ];
    const [, told] = run(bars, "let risk = 5 let distance = 3", (column) => ({
      rules: [
        enter(column, {
          when: column("yes"),
          stop: { price: column("risk"), by: "price", limit: null },
          trail: { distance: column("distance"), unit: "price", after: 1, on: "close" },
        }),
      ],
    }));
    // Filled at 104, the stop is at 99 and the trail starts at 109: three behind it is 106.
    expect(told.map(({ venue }) => venue.working.map(({ price }) => price))).toEqual([[null], [212], [212]]);
  });

  it("too large to be counted reject the order", () => {
    const [{ counts }] = run(flat(100), "let price = close * 1e300", (column) => ({
      rules: [enter(column, { targets: [{ price: column("price"), by: null, share: null }] })],
    }));
    expect(counts.rejectedOrders).toBe(1);
  });

  it("of an exit's share that makes no lot send nothing, and are counted", () => {
    const [{ counts }, told] = run(flat(100, 100, 100), "", (column) => ({
      rules: [enter(column), exit(column, { share: 0.05 })],
    }));
    expect(told.map(({ position }) => position)).toEqual([0, 10, 10]);
    expect(counts.rejectedOrders).toBe(2);
  });
});

describe("an exit of a share", () => {
  it("sells of what is held when it is sent", () => {
    const told = run(flat(100, 100, 101, 102, 102), "let signal = close > 100", (column) => ({
      rules: [enter(column), exit(column, { when: column("signal"), share: 0.5 })],
    }));
    expect(told[1].map(({ position }) => position)).toEqual([0, 10, 10, 5, 3]);
  });
});

describe("a pyramid", () => {
  it("grows by one market entry a bar, to as many as it says", () => {
    const told = run(flat(100, 100, 100, 100, 100), "", (column) => ({
      rules: [enter(column, { entries: 3 })],
    }));
    expect(told[1].map(({ position }) => position)).toEqual([0, 10, 20, 30, 30]);
    expect(told[0].counts.rejectedOrders).toBe(0);
    expect(told[0].trades).toHaveLength(3);
  });
});

describe("a trail on close", () => {
  const trail = (after: number | null) => (column: Column) => ({
    rules: [
      enter(column, {
        when: column("first"),
        stop: { price: column("stop_price"), by: null, limit: null },
        trail: { distance: column("distance"), unit: "price" as const, after, on: "close" as const },
      }),
    ],
  });
  const lets = "let first = close == 100 and close[1] != 100 let stop_price = 95 let distance = 4";
  const bars: Prices = [
    [99, 99, 99, 99],
    [100, 100, 100, 100],
    [100, 103, 99, 102],
    [102, 106, 101, 105],
    [105, 105, 101.5, 104],
    [104, 104, 100, 101],
  ];

  it("moves the stop after the best price so far, never back, and is a plain stop between closes", () => {
    const told = run(bars, lets, trail(null));
    expect(story(told)).toEqual([
      "",
      "send market buy",
      "buy 10 at 100, send stop sell 99",
      "send stop sell 102",
      "sell 10 at 102",
      "",
    ]);
    expect(told[0].trades).toMatchObject([{ exitReason: "stop", exitPrice: 102 }]);
  });

  it("starts once the price is ahead by the risk", () => {
    expect(story(run(bars, lets, trail(1)))).toEqual([
      "",
      "send market buy",
      "buy 10 at 100",
      "send stop sell 102",
      "sell 10 at 102",
      "",
    ]);
  });

  it("does not count the high before an entry inside the bar", () => {
    const told = run(
      [
        [100, 100, 100, 100],
        [100, 110, 90, 96],
        [96, 97, 95, 96],
      ],
      "let first = close == 100 let price = 95 let distance = 4",
      (column) => ({
        rules: [
          enter(column, {
            when: column("first"),
            form: { kind: "limit", price: column("price") },
            trail: { distance: column("distance"), unit: "price", after: null, on: "close" },
          }),
        ],
      }),
    );
    expect(story(told)).toEqual([
      "send limit buy 95",
      "buy 10 at 95, send stop sell 92",
      "send stop sell 93",
    ]);
  });
});

describe("a reversal", () => {
  it("trails what it has opened", () => {
    const told = run(
      flat(100, 101, 102, 90, 90),
      "let ups = close == 100 let downs = close == 101 let distance = 4",
      (column) => ({
        rules: [
          enter(column, { when: column("ups") }),
          enter(column, {
            side: "short",
            tag: "short",
            when: column("downs"),
            trail: { distance: column("distance"), unit: "price", after: null, on: "close" },
          }),
        ],
      }),
    );
    expect(story(told)).toEqual([
      "send market buy",
      "buy 10 at 101, send market sell",
      "sell 10 at 102, sell 10 at 102, send stop buy 106",
      "send stop buy 94",
      "",
    ]);
  });
});

const plainFills = {
  hedges: false,
  ...{ path: null, through: null, onClose: false },
  ...{ volume: null, latency: null, touch: null, profile: null },
};

describe("fills on close", () => {
  it("belong to the bar that decided them, and are counted", () => {
    const [{ trades, counts }] = run(flat(100, 101, 102), "let signal = close == 102", (column) => ({
      rules: [enter(column), exit(column, { when: column("signal") })],
      fills: { ...plainFills, onClose: true },
    }));
    expect(trades).toMatchObject([{ entryBar: 0, entryPrice: 100, exitBar: 2, exitPrice: 102 }]);
    expect(counts.closeFills).toBe(2);
  });

  it("are what a program says unless the settings say otherwise", () => {
    const price = (through: number | null): number =>
      run(
        [
          [100, 100, 100, 100],
          [100, 100, 95, 99],
        ],
        "let price = 95",
        (column) => ({
          rules: [enter(column, { form: { kind: "limit", price: column("price") } })],
          fills: { ...plainFills, through: 1 },
        }),
        { given: { ...settings, through } },
      )[1][1].position;
    expect(price(null)).toBe(0);
    expect(price(0)).toBe(10);
  });
});

describe("limits", () => {
  const losing: Prices = flat(100, 100, 90, 90, 90, 90, 90);
  const limited = (limit: PlannedLimit, sessionLength = 100): ReturnType<typeof watch> =>
    run(losing, "", (column) => ({ rules: [enter(column)], limits: [limit] }), { sessionLength });
  const positions = ([, told]: ReturnType<typeof watch>): number[] => told.map(({ position }) => position);

  it.each([
    ["block", [0, 10, 10, 10, 10, 10, 10]],
    ["flatten", [0, 10, 10, 0, 0, 0, 0]],
    ["halt", [0, 10, 10, 0, 0, 0, 0]],
  ] as const)("of a drawdown, with %s", (action, expected) => {
    const told = limited({ measure: "drawdown", most: 0.01, action });
    expect(positions(told)).toEqual(expected);
    expect(told[0].limits).toEqual([{ measure: "drawdown", most: 0.01, action, fired: 1 }]);
  });

  it.each([
    ["flatten", [0, 10, 10, 0, 0, 10, 10]],
    ["halt", [0, 10, 10, 0, 0, 0, 0]],
  ] as const)("of a day's loss end with the session, but for a halt: %s", (action, expected) => {
    expect(positions(limited({ measure: "day_loss", most: 0.01, action }, 4))).toEqual(expected);
  });

  it("of orders count what is sent in a session", () => {
    const told = run(
      flat(100, 100, 100, 100, 100, 100, 100, 100),
      "",
      (column) => ({
        rules: [enter(column, { entries: 9 })],
        limits: [{ measure: "orders", most: 2, action: "block" }],
      }),
      { sessionLength: 4 },
    );
    expect(positions(told)).toEqual([0, 10, 20, 20, 20, 30, 40, 40]);
    expect(told[0].limits[0].fired).toBe(2);
  });

  it("of orders do not count one that takes the place of another", () => {
    const told = run(flat(100, 101, 102), "let price = close - 50", (column) => ({
      rules: [enter(column, { form: { kind: "limit", price: column("price") } })],
      limits: [{ measure: "orders", most: 1, action: "halt" }],
    }));
    expect(told[1].map(({ venue }) => venue.working.map(({ price }) => price))).toEqual([
      [100],
      [102],
      [104],
    ]);
    expect(told[0].limits[0].fired).toBe(0);
  });

  it("of a position and of exposure refuse what would go beyond, also what only rests", () => {
    const held = (limit: PlannedLimit): number[] =>
      positions(
        run(flat(100, 100, 100, 100), "", (column) => ({
          rules: [enter(column, { entries: 9 })],
          limits: [limit],
        })),
      );
    expect(held({ measure: "position", most: 20, action: "block" })).toEqual([0, 10, 20, 20]);
    expect(held({ measure: "exposure", most: 0.15, action: "block" })).toEqual([0, 10, 10, 10]);
    expect(held({ measure: "position", most: 20, action: "flatten" })).toEqual([0, 10, 20, 0]);
    const [, [{ sent }]] = run(flat(100), "let a = 90 let b = 80", (column) => ({
      rules: [
        enter(column, { tag: "one", form: { kind: "limit", price: column("a") } }),
        enter(column, { tag: "two", form: { kind: "limit", price: column("b") } }),
      ],
      limits: [{ measure: "position", most: 15, action: "block" }],
    }));
    expect(sent).toHaveLength(1);
  });

  it("that flatten leave nothing to rest, also not what was just replaced", () => {
    const told = run(flat(100, 101, 101), "let one_price = close - 50 let late = close == 101", (column) => ({
      rules: [
        enter(column, { tag: "one", form: { kind: "limit", price: column("one_price") } }),
        enter(column, {
          tag: "two",
          when: column("late"),
          form: { kind: "limit", price: column("one_price") },
        }),
      ],
      limits: [{ measure: "position", most: 15, action: "flatten" }],
    }));
    expect(told[1].map(({ venue }) => venue.working.length)).toEqual([1, 0, 0]);
  });

  it("of losses in a row stop after as many, and take back what rests", () => {
    const told = run(
      [
        [100, 100, 100, 100],
        [100, 100, 90, 90],
        [90, 90, 90, 90],
      ],
      "let stop_price = close - 5 let price = 50",
      (column) => ({
        rules: [
          enter(column, { stop: { price: column("stop_price"), by: null, limit: null } }),
          enter(column, { tag: "other", entries: 2, form: { kind: "limit", price: column("price") } }),
        ],
        limits: [{ measure: "losses", most: 1, action: "block" }],
      }),
    );
    expect(told[1].map(({ venue }) => venue.working.length)).toEqual([2, 0, 0]);
    expect(told[0].limits[0].fired).toBe(1);
  });
});

describe("a limit that blocks entries", () => {
  it("does not keep the strategy from leaving on the same bar", () => {
    const told = run(flat(100, 100, 90, 90), "let falls = close < 100", (column) => ({
      rules: [enter(column), exit(column, { when: column("falls") })],
      limits: [{ measure: "drawdown", most: 0.001, action: "block" }],
    }));
    expect(told[1].map(({ position }) => position)).toEqual([0, 10, 10, 0]);
  });
});

describe("alerts", () => {
  it("come once for as long as a condition lasts, with numbers in as few digits as they need", () => {
    const [{ alerts }] = run(
      flat(99, 101.5, 102, 99, 103),
      "let signal = close > 100 let price = close / 10 let missing = close / 0",
      (column) => ({
        alerts: [{ when: column("signal"), text: ["at ", column("price"), ", ", column("missing")] }],
      }),
    );
    expect(alerts).toEqual([
      { time: 60_000, text: "at 10.15, absent" },
      { time: 240_000, text: "at 10.3, absent" },
    ]);
  });
});

describe("the account in a program", () => {
  it("is as the fills of the bar have left it", () => {
    // Bought at 100 and 102, three quarters sold at 106, all seen at the closes.
    const prices: Prices = [
      [100, 100, 100, 100],
      [100, 104, 98, 102],
      [102, 108, 101, 106],
      [106, 106, 96, 98],
    ];
    const expected: Readonly<Record<string, readonly number[]>> = {
      initial_capital: [10_000, 10_000, 10_000, 10_000],
      open_profit: [0, 20, 100, -20],
      net_profit: [0, 0, 0, 80],
      gross_profit: [0, 0, 0, 80],
      gross_loss: [0, 0, 0, 0],
      last_profit: [NaN, NaN, NaN, 20],
      closed_trades: [0, 0, 0, 2],
      winning_trades: [0, 0, 0, 2],
      losing_trades: [0, 0, 0, 0],
      wins_in_a_row: [0, 0, 0, 2],
      losses_in_a_row: [0, 0, 0, 0],
      open_entries: [0, 1, 2, 1],
      entry_price: [NaN, 100, 100, 102],
      best_price: [NaN, 104, 108, 108],
      worst_price: [NaN, 98, 98, 96],
      bars_since_exit: [NaN, NaN, NaN, 0],
      drawdown: [0, 0, 0, 1 - 10_060 / 10_100],
      max_drawdown: [0, 0, 0, 1 - 10_060 / 10_100],
      kelly: [NaN, NaN, NaN, NaN],
    };
    const names = Object.keys(expected);
    const fields = prices.map((_, k) => `let at_${k} = close == ${prices[k][3]}`).join(" ");
    const lets = `${fields} let buys = close == 100 or close == 102 ${names.map((each) => `let v_${each} = ${each}`).join(" ")}`;
    const [{ alerts }] = run(prices, lets, (column) => ({
      rules: [
        enter(column, { when: column("buys"), entries: 2 }),
        exit(column, { when: column("at_2"), share: 0.75 }),
      ],
      alerts: prices.flatMap((_, k) =>
        names.map((each) => ({ when: column(`at_${k}`), text: [`${each} ${k} `, column(`v_${each}`)] })),
      ),
    }));
    const shown = (value: number): string => (Number.isNaN(value) ? "absent" : String(value));
    expect(alerts.map(({ text }) => text)).toEqual(
      prices.flatMap((_, k) => names.map((each) => `${each} ${k} ${shown(expected[each][k])}`)),
    );
  });

  it("knows Kelly's share after thirty trades", () => {
    // Bought at 100; every third is sold at 90, the others at 110: W = 2/3, R = 1.
    const prices: Prices = Array.from({ length: 31 }, (_, k) => (k % 3 === 2 ? 90 : 110)).flatMap((out) =>
      flat(100, 100, out),
    );
    const [{ alerts, trades }] = run(
      prices,
      "let buys = position_size == 0 and close == 100 let sells = close == 100 and position_size > 0 let share = kelly let enough = closed_trades == 30 let before = closed_trades == 29",
      (column) => ({
        rules: [enter(column, { when: column("buys") }), exit(column, { when: column("sells") })],
        alerts: [
          { when: column("before"), text: [column("share")] },
          { when: column("enough"), text: [column("share")] },
        ],
      }),
    );
    expect(trades.filter(({ exitTime }) => exitTime !== null).length).toBeGreaterThanOrEqual(30);
    expect(alerts.map(({ text }) => text)).toEqual(["absent", String(2 / 3 - (1 - 2 / 3) / 1)]);
  });
});

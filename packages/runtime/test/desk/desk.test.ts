import { describe, expect, it } from "vitest";
import { clientIdOf, type GateRule } from "../../src/index.js";
import { aDesk, always, trade } from "./a-desk.js";

const first = "0-long";

/** A desk that has been compared with its venue, and has sent its first order. */
function sent(...given: Parameters<typeof aDesk>): ReturnType<typeof aDesk> {
  const desk = aDesk(...given);
  desk.started();
  desk.answer();
  expect(desk.bar(10)).toEqual([`submit ${first} buy 5`]);
  return desk;
}

describe("a desk", () => {
  it("opens nothing before it was compared with the venue", () => {
    const desk = aDesk({ A: always });
    expect(desk.started()).toEqual(["ask"]);
    expect(desk.bar(10)).toEqual([
      "refused: unsettled: the account has not been compared with the venue yet",
    ]);
    expect(desk.answer()).toEqual(["reconciled: positions and orders are those of the venue"]);
    expect(desk.bar(10)).toEqual(["submit 60000-long buy 5"]);
  });

  it("stops where the venue holds what nobody here has bought, once it has said so twice", () => {
    const desk = aDesk({ A: always });
    desk.started();
    const stranger = { positions: [{ strategy: "A", symbol: "X", quantity: 3 }] };
    expect(desk.answer(stranger)).toEqual([]);
    expect(desk.clock(5)).toEqual(["ask"]);
    expect(desk.answer(stranger)).toEqual([
      "difference: X of A: the venue holds 3 lots, our strategies 0",
      expect.stringMatching(/^halted: operator: X of A: the venue holds 3 lots/),
    ]);
    // Once, for as long as that is so.
    desk.clock(5);
    expect(desk.answer(stranger)).toEqual([]);
    desk.clock(5);
    desk.answer();
    expect(desk.bar(10)).toEqual([expect.stringMatching(/^refused: halted/)]);
  });

  it("takes two answers of one moment for one: what is on its way behind them is missing in both", () => {
    const desk = aDesk({ A: always });
    desk.started();
    const ahead = { positions: [{ strategy: "A", symbol: "X", quantity: 3 }] };
    expect(desk.answer(ahead)).toEqual([]);
    // Asks at once.
    desk.operate({ kind: "accept" });
    expect(desk.answer(ahead)).toEqual([]);
    expect(desk.clock(5)).toEqual(["ask"]);
    expect(desk.answer(ahead)[0]).toMatch(/^difference: /);
  });

  it.each([
    ["reduce", /^refused: reducing/],
    ["tell", /^submit /],
  ] as const)(
    "opens nothing beside a difference, and afterwards as was asked for: %s",
    (differences, then) => {
      const desk = aDesk({ A: always }, { differences });
      desk.started();
      const stranger = { positions: [{ strategy: "A", symbol: "X", quantity: 3 }] };
      desk.answer(stranger);
      desk.clock(5);
      expect(desk.answer(stranger)[0]).toBe("difference: X of A: the venue holds 3 lots, our strategies 0");
      expect(desk.bar(10)).toEqual([expect.stringMatching(/^refused: unsettled/)]);
      desk.clock(5);
      desk.answer();
      expect(desk.bar(10)).toEqual([expect.stringMatching(then)]);
      desk.operate({ kind: "resume" });
      // What was told alone was sent before.
      expect(desk.bar(10)).toEqual(differences === "tell" ? [] : [expect.stringMatching(/^submit /)]);
    },
  );

  it("gives a venue time that takes longer to answer than it is asked again", () => {
    const desk = aDesk({ A: always });
    desk.started();
    const seconds: number[] = [];
    for (let second = 1; second <= 60; second++) if (desk.clock(1).includes("ask")) seconds.push(second);
    // Asked again every two seconds, one that takes five would answer older questions for ever.
    expect(seconds).toEqual([2, 6, 14, 30, 46]);
    desk.answer();
    expect(desk.desk.isSettled).toBe(true);
  });

  it("gives it that time too while it asks only now and then, for as long as nothing is open", () => {
    const desk = aDesk({ A: always }, { patience: { reconcileMs: 2_000 } });
    desk.started();
    desk.answer();
    const askedAt = Array.from({ length: 40 }, (_, i) => i + 1).filter(() => desk.clock(1).includes("ask"));
    expect(askedAt).toEqual([2, 4, 8, 16, 32]);
  });

  it("takes back what an order was to replace that never arrived, and opens nothing beside it", () => {
    const desk = aDesk({
      A: `enter long "a" at limit close - 1 when close >= 10 { size 5 unprotected } cancel "a" when close < 10`,
    });
    desk.started();
    desk.answer();
    expect(desk.bar(10)).toEqual(["submit 0-a buy 5"]);
    desk.report({ kind: "accepted", ...desk.request("0-a") });
    expect(desk.bar(11)).toEqual(["modify 0-a to 60000-a"]);
    // It is lost on its way, and the strategy wants it no more: nor what it was to replace.
    expect(desk.bar(9)).toEqual(["cancel 60000-a", "cancel 0-a"]);
    const absent = { orders: [{ ...desk.request("60000-a"), status: "absent" }] } as const;
    for (let i = 0; i < 6; i++) {
      desk.clock(10);
      desk.answer(absent);
    }
    expect(desk.bar(12)).toEqual(["refused: unconfirmed: the venue has not said that order 0-a is gone"]);
    desk.report({ kind: "cancelled", ...desk.request("0-a"), reason: "asked" });
    expect(desk.bar(13)).toEqual(["submit 240000-a buy 5"]);
  });

  it.each([["in order"], ["last part first"]] as const)(
    "trails all of an entry that fills in parts by one stop: %s",
    (how) => {
      const desk = sent({ A: `enter long when true { size 5 trail by 2 }` });
      const entry = desk.request(first);
      const parts = [
        trade(entry, { side: "buy", quantity: 2, left: 3 }),
        trade(entry, { side: "buy", quantity: 3 }),
      ];
      for (const part of how === "in order" ? parts : parts.reverse()) desk.report(part);
      expect(desk.bar(12)).toEqual([`submit ${first}-stop-60000 sell 5`]);
    },
  );

  it("trails what fills later too, at the price that the stop has", () => {
    const desk = sent({ A: `enter long when true { size 5 trail by 2 }` });
    const entry = desk.request(first);
    desk.report(trade(entry, { side: "buy", quantity: 2, left: 3 }));
    expect(desk.bar(12)).toEqual([`submit ${first}-stop-60000 sell 2`]);
    desk.report(trade(entry, { side: "buy", quantity: 3 }));
    expect(desk.bar(11)).toEqual([`submit ${first}-stop-120000 sell 5`]);
    expect(desk.desk.openOrders.at(-1)?.order).toMatchObject({ price: 10 });
    expect(desk.bar(11)).toEqual([]);
  });

  it("trails what filled after the stop was sent that has ended what was there", () => {
    const desk = sent({ A: `enter long when true { size 5 trail by 2 }` });
    const entry = desk.request(first);
    desk.report(trade(entry, { side: "buy", quantity: 2, left: 3 }));
    desk.bar(12);
    desk.report(trade(entry, { side: "buy", quantity: 3 }));
    desk.report(trade(desk.request(`${first}-stop-60000`), { side: "sell", quantity: 2 }));
    expect(desk.bar(11)).toEqual([`submit ${first}-stop-120000 sell 3`]);
  });

  it("trails what fills after the end of its order was heard", () => {
    const desk = sent({ A: `enter long when true { size 5 trail by 2 }` });
    const entry = desk.request(first);
    desk.operate({ kind: "pause" });
    desk.report({ kind: "cancelled", reason: "asked", ...entry });
    desk.desk.restore(structuredClone(desk.desk.snapshot()));
    desk.report(trade(entry, { side: "buy", quantity: 2, left: 3 }));
    expect(desk.bar(12)).toContain(`submit ${first}-stop-60000 sell 2`);
  });

  it("trails what fills after the stop of its last part has traded", () => {
    const desk = sent({ A: `enter long when true { size 5 trail by 2 }` });
    const entry = desk.request(first);
    desk.report(trade(entry, { side: "buy", quantity: 3 }));
    desk.bar(12);
    desk.report(trade(desk.request(`${first}-stop-60000`), { side: "sell", quantity: 3 }));
    desk.report(trade(entry, { side: "buy", quantity: 2, left: 3 }));
    expect(desk.bar(12)).toContain(`submit ${first}-stop-120000 sell 2`);
  });

  it("trails on where the stop that was to be replaced had traded, and the new one did not come to rest", () => {
    const desk = sent({ A: `enter long when true { size 5 trail by 2 }` });
    const entry = desk.request(first);
    desk.report(trade(entry, { side: "buy", quantity: 2, left: 3 }));
    desk.bar(12);
    const [before, after] = [`${first}-stop-60000`, `${first}-stop-120000`];
    desk.report({ kind: "accepted", ...desk.request(before) });
    desk.report(trade(entry, { side: "buy", quantity: 3 }));
    expect(desk.bar(12)).toEqual([`modify ${before} to ${after}`]);
    desk.report({ kind: "cancelled", reason: "asked", ...desk.request(after) });
    desk.report(trade(desk.request(before), { side: "sell", quantity: 2 }));
    expect(desk.bar(12)).toEqual([`submit ${first}-stop-180000 sell 5`]);
  });

  it.each([[true], [false]])(
    "leaves the stop of an entry whose rest was cancelled where it is, also where its fill is heard late: %s",
    (isLate) => {
      const desk = sent({ A: always });
      const entry = desk.request(first);
      const part = trade(entry, { side: "buy", quantity: 2, left: 3 });
      const end = { kind: "cancelled", reason: "asked", ...entry } as const;
      for (const each of isLate ? [end, part] : [part, end]) desk.report(each);
      desk.clock(100);
      const stop = clientIdOf("A", "X", `${first}-stop`);
      const openOrders = [{ ...entry, clientId: stop, side: "sell", left: 2 }] as const;
      const positions = [{ strategy: "A", symbol: "X", quantity: 2 }];
      expect(desk.answer({ openOrders, positions })).toEqual([]);
      expect(desk.desk.openOrders).toEqual([expect.objectContaining({ clientId: stop, state: "working" })]);
    },
  );

  it("takes a stop that has gone for one that works where the venue places it anew with more of its entry", () => {
    const desk = sent({ A: always });
    const entry = desk.request(first);
    const stop = { ...entry, clientId: clientIdOf("A", "X", `${first}-stop`) };
    desk.report(trade(entry, { side: "buy", quantity: 2, left: 3 }));
    desk.report({ kind: "placed", ...stop });
    desk.report(trade(stop, { side: "sell", quantity: 2 }));
    desk.report(trade(entry, { side: "buy", quantity: 3 }));
    desk.clock(100);
    const openOrders = [{ ...stop, side: "sell", left: 3 }] as const;
    expect(desk.answer({ openOrders, positions: [{ strategy: "A", symbol: "X", quantity: 3 }] })).toEqual([]);
    expect(desk.desk.openOrders.map(({ clientId }) => clientId)).toEqual([stop.clientId]);
  });

  it("goes on beside a position that an operator says is somebody else's", () => {
    const desk = aDesk({ A: always }, { separates: false });
    desk.started();
    const stranger = { positions: [{ symbol: "X", quantity: 3 }] };
    desk.answer(stranger);
    desk.clock(5);
    desk.answer(stranger);
    expect(desk.operate({ kind: "accept" })).toEqual(["operator: accept", "ask"]);
    expect(desk.answer(stranger)).toEqual(["reconciled: positions and orders are those of the venue"]);
    desk.operate({ kind: "resume" });
    expect(desk.bar(10)).toEqual([`submit ${first} buy 5`]);
  });

  it("knows nothing of an order that nobody answers, and opens nothing in its symbol while that is so", () => {
    const desk = aDesk({ A: always, B: `enter long when close > 10 { size 1 unprotected }` });
    desk.started();
    desk.answer();
    expect(desk.bar(10)).toEqual([`submit ${first} buy 5`]);
    expect(desk.clock(6)).toEqual([expect.stringMatching(/^unknown: no answer to order 0-long/), "ask"]);
    expect(desk.bar(11)).toEqual([`refused: unknown: nobody knows what became of order ${first}`]);
    desk.report({ kind: "accepted", ...desk.request(first) });
    desk.answer({ orders: [{ ...desk.request(first), status: "working" }] });
    expect(desk.bar(11)).toEqual(["submit 120000-long buy 1"]);
  });

  it("sends again under the old id what the venue has twice not heard of, and gives up what is too old", () => {
    const desk = sent({ A: always }, { patience: { attempts: 2 } });
    const absent = (): readonly string[] =>
      desk.answer({ orders: [{ ...desk.request(first), status: "absent" }] });
    desk.clock(6);
    expect(absent()).toEqual([]);
    desk.clock(3);
    expect(absent()).toEqual([
      `submit ${first} buy 5`,
      `resent: order ${first} never arrived: sent again under its old id`,
      "reconciled: positions and orders are those of the venue",
    ]);
    desk.clock(6);
    absent();
    desk.clock(30);
    expect(absent()).toEqual([
      `given_up: order ${first} never arrived, and is given up`,
      "reconciled: positions and orders are those of the venue",
    ]);
    expect(desk.bar(10)).toEqual(["submit 60000-long buy 5"]);
  });

  it("sends a stop that follows anew at the next close, where the one before was given up", () => {
    const desk = sent(
      { A: `enter long when bar_index == 0 { size 5 trail by 2 }` },
      { patience: { attempts: 1, graceMs: 0 } },
    );
    desk.report(trade(desk.request(first), { side: "buy", quantity: 5 }));
    const [stop, next] = [`${first}-stop-60000`, `${first}-stop-120000`];
    expect(desk.bar(10)).toEqual([`submit ${stop} sell 5`]);
    const absent = (): readonly string[] =>
      desk.answer({
        positions: [{ strategy: "A", symbol: "X", quantity: 5 }],
        orders: [{ ...desk.request(stop), status: "absent" }],
      });
    desk.clock(6);
    absent();
    desk.clock(3);
    expect(absent()).toContain(`given_up: order ${stop} never arrived, and is given up`);
    expect(desk.bar(10)).toEqual([`submit ${next} sell 5`]);
  });

  it("takes back an order that arrives after it was given up, and books what it traded", () => {
    const desk = sent({ A: always }, { patience: { attempts: 1, graceMs: 0 } });
    desk.clock(6);
    desk.answer({ orders: [{ ...desk.request(first), status: "absent" }] });
    desk.clock(3);
    desk.answer({ orders: [{ ...desk.request(first), status: "absent" }] });
    desk.report({ kind: "accepted", ...desk.request(first) });
    expect(desk.clock(3)).toContain(`cancel ${first}`);
    desk.report(trade(desk.request(first), { side: "buy", quantity: 5 }));
    expect(desk.position()).toBe(5);
  });

  it("hears a trade once, however often it is told", () => {
    const desk = sent({ A: always });
    const told = trade(desk.request(first), { side: "buy", quantity: 5 });
    desk.report(told);
    desk.report(told);
    if (told.kind === "trade") desk.answer({ trades: [told.trade] });
    expect(desk.position()).toBe(5);
  });

  it("hears what was traded in a long silence, though what came later was told before it", () => {
    const desk = sent({ A: always });
    const hour = 3_600_000;
    const entry = desk.request(first);
    desk.report(trade(entry, { side: "buy", quantity: 5, time: 0 }));
    const stop = desk.desk.openOrders.find(({ order }) => order.purpose === "stop");
    const child = { ...entry, clientId: stop?.clientId ?? "" };
    const early = trade(child, { side: "sell", quantity: 4, left: 1, effect: "close", time: 20 * hour });
    const late = trade(child, { side: "sell", quantity: 1, effect: "close", time: 59 * hour });
    for (let hours = 0; hours < 60; hours++) desk.clock(3_600);
    desk.report(late);
    for (let hours = 0; hours < 5; hours++) desk.clock(3_600);
    if (early.kind === "trade") desk.answer({ trades: [early.trade] });
    expect(desk.position()).toBe(0);
  });

  it("waits with a trade that closes what has not been opened yet", () => {
    const desk = sent({ A: always });
    const entry = desk.request(first);
    const stop = desk.desk.openOrders.find(({ order }) => order.purpose === "stop");
    const child = { ...entry, clientId: stop?.clientId ?? "" };
    desk.report(trade(child, { side: "sell", quantity: 5, effect: "close" }));
    expect(desk.position()).toBe(0);
    desk.report(trade(entry, { side: "buy", quantity: 5, effect: "open" }));
    expect(desk.position()).toBe(0);
    expect(desk.desk.openOrders).toEqual([]);
  });

  it("keeps what protects where it is when the connection breaks, and asks once it is back", () => {
    const desk = sent({ A: always });
    desk.report(trade(desk.request(first), { side: "buy", quantity: 5 }));
    expect(desk.report({ kind: "disconnected", reason: "the wire is cut" })).toEqual([
      "disconnected: the wire is cut",
      "ask",
    ]);
    expect(desk.report({ kind: "connected" })).toEqual(["connected: the venue answers", "ask"]);
  });

  it("refuses the entry of a signal that is too old, and the strategy may send the next", () => {
    const desk = aDesk({ A: always }, { rules: [{ gate: "stale_signal", most: "30s" }] });
    desk.started();
    desk.answer();
    expect(desk.bar(10, 45_000)).toEqual([expect.stringMatching(/^refused: signal_too_old/)]);
    expect(desk.bar(10)).toEqual(["submit 60000-long buy 5"]);
  });

  it("refuses entries while the clock is off, as the venue's answers say, also after a restart", () => {
    const rules = [{ gate: "clock_skew", most: "1s" }];
    const { desk, started, answer, bar, clock } = aDesk({ Buys: always }, { rules });
    started();
    // Five seconds behind this clock, told at once.
    answer({ time: -5_000 });
    expect(bar(10).join()).toContain("refused: clock_off");
    const { desk: again, bar: nextBar } = aDesk({ Buys: always }, { rules });
    again.restore(desk.snapshot());
    expect(nextBar(10).join()).toContain("refused: clock_off");
    clock(61);
    // It took ten seconds to come: nobody knows when it was said.
    clock(10);
    answer();
    expect(bar(10).join()).toContain("refused: clock_off");
    for (let i = 0; i < 5; i++) {
      clock(61);
      answer();
    }
    expect(bar(10).join()).toContain("submit");
  });

  it("does what an operator asks for: pause, resume, flatten, kill", () => {
    const desk = sent({ A: always });
    desk.report(trade(desk.request(first), { side: "buy", quantity: 5 }));
    expect(desk.operate({ kind: "flatten" })).toEqual([
      "operator: flatten",
      expect.stringMatching(/^submit .*flatten-exit sell 5/),
    ]);
    expect(desk.operate({ kind: "pause", strategy: "A" })).toEqual(["operator: pause A"]);
    expect(desk.operate({ kind: "resume", strategy: "A" })).toEqual(["operator: resume A"]);
    expect(desk.operate({ kind: "kill", flattens: false }).slice(0, 2)).toEqual([
      "operator: kill",
      expect.stringMatching(/^halted: /),
    ]);
  });

  it.each([true, false])(
    "closes what fills though everything was to be closed (separates: %s)",
    (separates) => {
      const desk = aDesk({ A: always }, { separates, protects: separates });
      desk.started();
      desk.answer();
      desk.bar(10);
      expect(desk.operate({ kind: "kill", flattens: true })).toContain(`cancel ${first}`);
      // It had filled before the cancel came, in two parts.
      const after = desk.report(trade(desk.request(first), { side: "buy", quantity: 3, left: 2 }));
      expect(after.filter((each) => each.startsWith("submit") && !each.includes("stop"))).toEqual([
        expect.stringMatching(/^submit \d+-late1-exit sell 3$/),
      ]);
      const exit = after.find((each) => each.includes("late1"))?.split(" ")[1] ?? "";
      desk.report(trade(desk.request(first), { side: "buy", quantity: 2 }));
      const rest = desk.report(trade(desk.request(exit), { side: "sell", quantity: 3 }));
      expect(rest).toContainEqual(expect.stringMatching(/^submit \d+-late\d-exit sell 2$/));
      const last = rest.find((each) => each.includes("late"))?.split(" ")[1] ?? "";
      desk.report(trade(desk.request(last), { side: "sell", quantity: 2 }));
      expect(desk.position()).toBe(0);
    },
  );

  it.each([true, false])(
    "moves a stop while it is halted, and none once it is killed (separates: %s)",
    (separates) => {
      const trailed = "enter long when bar_index == 0 { size 5 trail by 2 }";
      const held = (): ReturnType<typeof aDesk> => {
        const desk = aDesk({ A: trailed }, { separates, protects: separates });
        desk.started();
        desk.answer();
        desk.bar(10);
        desk.report(trade(desk.request(first), { side: "buy", quantity: 5 }));
        desk.bar(10);
        for (const { order } of desk.desk.openOrders)
          desk.report({ kind: "accepted", ...desk.request(order.id) });
        return desk;
      };
      const halted = held();
      halted.operate({ kind: "halt" });
      expect(halted.bar(20)).toEqual([expect.stringMatching(/^modify .*-stop-\d+ to .*-stop-\d+$/)]);
      const killed = held();
      const stop = killed.desk.openOrders[0].order.id;
      expect(killed.operate({ kind: "kill", flattens: false })).toContain(`cancel ${stop}`);
      expect(killed.report({ kind: "cancelled", ...killed.request(stop), reason: "asked" })).toEqual([]);
      expect(killed.bar(20)).toEqual([]);
      expect(killed.desk.openOrders).toEqual([]);
    },
  );

  it("ends a day with the bar that is over at midnight", () => {
    const rules: GateRule[] = [{ gate: "daily_loss", most: "2%", action: "halt" }];
    const { bar, started, answer, report, request, desk } = aDesk({ A: always }, { rules });
    started();
    answer();
    bar(100);
    report(trade(request(first), { side: "buy", quantity: 5, price: 100 }));
    for (let minute = 2; minute < 1_440; minute++) bar(100);
    expect(desk.snapshot().gates.holds).toEqual([]);
    // The last bar of the day, over at midnight: five lots lose five each, of a thousand.
    expect(bar(95).join()).toContain("halted");
    expect(desk.snapshot().account.session).toBe(0);
    bar(95);
    expect(desk.snapshot().account.session).toBe(1);
  });
});

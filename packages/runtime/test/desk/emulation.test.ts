import { describe, expect, it } from "vitest";
import type { VenueTrade } from "../../src/contract.js";
import { aDesk, trade, type TestDesk } from "./a-desk.js";

/* What a venue cannot do, done by the desk: told line by line. */

const bracket = `enter long when bar_index == 0 { size 10 stop at close - 2 target at close + 3 take 50% }
  exit long when close < 5`;

function begun(...given: Parameters<typeof aDesk>): TestDesk {
  const desk = aDesk(...given);
  desk.started();
  desk.answer();
  return desk;
}

/** A venue that holds nothing with an entry. */
function bracketed(): TestDesk {
  const desk = begun({ A: bracket }, { protects: false });
  expect(desk.bar(10)).toEqual(["submit 0-long buy 10"]);
  return desk;
}

const entered = (desk: TestDesk, quantity: number, left?: number): readonly string[] =>
  desk.report(trade(desk.request("0-long"), { side: "buy", quantity, left }));

const closed = (desk: TestDesk, id: string, quantity: number, left?: number): readonly string[] =>
  desk.report(trade(desk.request(id), { side: "sell", quantity, left }));

const taken = (desk: TestDesk, ...ids: readonly string[]): void => {
  for (const id of ids) desk.report({ kind: "accepted", ...desk.request(id) });
};

describe("what protects an entry at a venue that holds nothing with it", () => {
  it("comes with each part of the fill, for what has filled", () => {
    const desk = bracketed();
    expect(entered(desk, 4, 6)).toEqual(["submit 0-long-stop sell 4", "submit 0-long-target sell 2"]);
    expect(entered(desk, 6)).toEqual(["submit 0-long-stop~2 sell 6", "submit 0-long-target~2 sell 3"]);
  });

  it("is made smaller by what closes, the new stop before the old one goes", () => {
    const desk = bracketed();
    entered(desk, 10);
    taken(desk, "0-long-stop", "0-long-target");
    expect(closed(desk, "0-long-target", 5)).toEqual(["modify 0-long-stop to 0-long-stop~2"]);
    const slow = begun({ A: bracket }, { protects: false, replaces: false });
    slow.bar(10);
    entered(slow, 10);
    taken(slow, "0-long-stop", "0-long-target");
    expect(closed(slow, "0-long-target", 5)).toEqual(["submit 0-long-stop~2 sell 5"]);
    expect(slow.report({ kind: "accepted", ...slow.request("0-long-stop~2") })).toEqual([
      "cancel 0-long-stop",
    ]);
  });

  it("goes when another has closed all, and with a position that an exit closes", () => {
    const desk = bracketed();
    entered(desk, 10);
    taken(desk, "0-long-stop", "0-long-target");
    expect(closed(desk, "0-long-stop", 10)).toEqual(["cancel 0-long-target"]);
    const other = bracketed();
    entered(other, 10);
    taken(other, "0-long-stop", "0-long-target");
    expect(other.bar(4)).toEqual(["submit 60000-exit-exit sell 10"]);
    expect(closed(other, "60000-exit-exit", 10)).toEqual(["cancel 0-long-stop", "cancel 0-long-target"]);
  });

  it("stands so far from where the entry has filled as the program says", () => {
    const desk = begun(
      { A: `enter long when bar_index == 0 { size 10 stop by 2 target by 3 }` },
      { protects: false },
    );
    desk.bar(10);
    entered(desk, 4, 6);
    // The first part filled at 10; where the others do changes nothing.
    desk.report(trade(desk.request("0-long"), { side: "buy", quantity: 6, price: 20 }));
    expect(
      desk.desk.openOrders.map(({ order }) => `${order.id} ${order.quantity} at ${order.price}`),
    ).toEqual([
      "0-long-stop 4 at 8",
      "0-long-target 4 at 13",
      "0-long-stop~2 6 at 8",
      "0-long-target~2 6 at 13",
    ]);
  });

  it("is told to be missing where the venue does not take it", () => {
    const desk = bracketed();
    entered(desk, 10);
    const refused = desk.report({
      ...{ kind: "rejected", ...desk.request("0-long-stop"), reason: "too near" },
    });
    expect(refused).toEqual(["unprotected: the venue does not take 0-long-stop, a stop: too near"]);
    expect(desk.clock(5)).not.toContain("submit 0-long-stop~2 sell 10");
  });

  it("is sent again where the venue did not take it, once more of its entry has filled or the rest has gone", () => {
    const wash = { kind: "rejected", reason: "it would trade with the entry" } as const;
    for (const next of ["fill", "cancel"]) {
      const desk = bracketed();
      entered(desk, 4, 6);
      taken(desk, "0-long-target");
      desk.report({ ...wash, ...desk.request("0-long-stop") });
      expect(desk.clock(5)).toEqual(["ask"]);
      const gone = { kind: "cancelled", ...desk.request("0-long"), reason: "expired" } as const;
      expect(next === "fill" ? entered(desk, 6) : desk.report(gone)).toContain(
        `submit 0-long-stop~2 sell ${next === "fill" ? 10 : 4}`,
      );
    }
  });

  it("is sent again once positions were compared, where the venue had nothing for it to close", () => {
    const desk = bracketed();
    entered(desk, 10);
    taken(desk, "0-long-stop", "0-long-target");
    const gone = { kind: "cancelled", ...desk.request("0-long-stop"), reason: "nothing_to_close" } as const;
    expect(desk.report(gone)).toEqual(["ask"]);
    expect(desk.answer({ positions: [{ strategy: "A", symbol: "X", quantity: 10 }] })).toEqual([
      "submit 0-long-stop~2 sell 10",
    ]);
  });

  it("is there for all that is held, though the venue took less of it before it was heard that an exit had traded", () => {
    const desk = bracketed();
    entered(desk, 10);
    taken(desk, "0-long-target");
    // Another had closed 4 by then, and has not been told of yet.
    const less = { kind: "reduced", ...desk.request("0-long-stop"), from: 10, to: 6 } as const;
    expect(desk.report(less)).toEqual(["ask"]);
    taken(desk, "0-long-stop");
    expect(closed(desk, "0-long-target", 4, 1)).toEqual([]);
    expect(desk.answer({ positions: [{ strategy: "A", symbol: "X", quantity: 6 }] })).toEqual([]);
    const gone = { kind: "cancelled", ...desk.request("0-long-stop"), reason: "nothing_to_close" } as const;
    expect(desk.report(gone)).toEqual(["ask"]);
    expect(desk.answer({ positions: [{ strategy: "A", symbol: "X", quantity: 6 }] })).toEqual([
      "submit 0-long-stop~2 sell 6",
    ]);
  });

  it("is told to be missing where the venue has nothing for it to close, again and again", () => {
    const desk = bracketed();
    entered(desk, 10);
    const gone = (id: string): readonly string[] =>
      desk.report({ kind: "cancelled", ...desk.request(id), reason: "nothing_to_close" });
    for (const [id, next] of [
      ["0-long-stop", "0-long-stop~2"],
      ["0-long-stop~2", "0-long-stop~3"],
      ["0-long-stop~3", "0-long-stop~4"],
    ]) {
      expect(gone(id)).toEqual(["ask"]);
      const answered = desk.answer({ positions: [{ strategy: "A", symbol: "X", quantity: 10 }] });
      expect(answered).toEqual([`submit ${next} sell 10`]);
    }
    expect(gone("0-long-stop~4")).toEqual([
      "unprotected: the venue does not take 0-long-stop~4, a stop: it says each time that it has nothing to close",
    ]);
  });

  it("is sent again each time that it has ended with its day", () => {
    const desk = bracketed();
    entered(desk, 10);
    taken(desk, "0-long-stop", "0-long-target");
    for (let day = 1; day <= 6; day++) {
      desk.clock(86_400);
      const request = desk.request(`0-long-stop${day === 1 ? "" : `~${day}`}`);
      expect(desk.report({ kind: "cancelled", ...request, reason: "expired" })).toEqual(["ask"]);
      const answered = desk.answer({ positions: [{ strategy: "A", symbol: "X", quantity: 10 }] });
      expect(answered).toEqual([`submit 0-long-stop~${day + 1} sell 10`]);
      taken(desk, `0-long-stop~${day + 1}`);
    }
  });

  it("is over where all that has filled is closed, and comes again with the rest of its entry", () => {
    const two = `enter long "kept" when bar_index == 0 { size 5 stop at close - 5 pyramid 2 }
      enter long "part" when bar_index == 0 { size 10 trail by 2 target at close + 3 pyramid 2 }`;
    const desk = begun({ A: two }, { protects: false });
    desk.bar(10);
    desk.report(trade(desk.request("0-kept"), { side: "buy", quantity: 5 }));
    desk.report(trade(desk.request("0-part"), { side: "buy", quantity: 4, left: 6 }));
    const trailed = (): readonly unknown[] =>
      desk.desk.members[0].session.snapshot().trails.map(({ order }) => order);
    expect(desk.bar(11)).toEqual(["submit 0-part-stop-60000 sell 4"]);
    expect(trailed()).toEqual(["0-part-stop-60000"]);
    taken(desk, "0-part-stop-60000", "0-part-target");
    expect(closed(desk, "0-part-target", 4)).toEqual(["cancel 0-part-stop-60000"]);
    desk.report({ kind: "cancelled", ...desk.request("0-part-stop-60000"), reason: "asked" });
    expect(trailed()).toEqual([]);
    // Also when nothing is told again any more: a name that the venue has heard is not given twice.
    for (let hour = 0; hour < 50; hour++) desk.clock(3_600);
    const rest = trade(desk.request("0-part"), { side: "buy", quantity: 6 });
    expect(desk.report(rest)).toEqual(["submit 0-part-target~2 sell 6", "submit 0-part-stop-60000~2 sell 6"]);
    expect(trailed()).toEqual([null]);
  });

  it("comes however long its entry has waited", () => {
    const desk = bracketed();
    taken(desk, "0-long");
    for (let hour = 0; hour < 50; hour++) desk.clock(3_600);
    expect(entered(desk, 10)).toEqual(["submit 0-long-stop sell 10", "submit 0-long-target sell 5"]);
  });

  it("survives the end of the process", () => {
    const desk = bracketed();
    entered(desk, 4, 6);
    const other = begun({ A: bracket }, { protects: false });
    other.desk.restore(structuredClone(desk.desk.snapshot()));
    const rest = trade(desk.request("0-long"), { side: "buy", quantity: 6 });
    expect(other.report(rest)).toEqual(["submit 0-long-stop~2 sell 6", "submit 0-long-target~2 sell 3"]);
  });
});

describe("an order that takes the place of another where the venue does not do that", () => {
  const moving = `enter long "dip" at limit close - 1 when true { size 5 unprotected }`;

  it("goes out once the old one is gone", () => {
    const desk = begun({ A: moving }, { replaces: false });
    expect(desk.bar(10)).toEqual(["submit 0-dip buy 5"]);
    taken(desk, "0-dip");
    expect(desk.bar(12)).toEqual(["cancel 0-dip"]);
    expect(desk.report({ kind: "cancelled", ...desk.request("0-dip"), reason: "asked" })).toEqual([
      "submit 60000-dip buy 5",
    ]);
  });

  it("is as the venue of its symbol does it, where an account has several", () => {
    const there = { name: "one of two", orders: ["limit"], replaces: true } as const;
    for (const separates of [true, false]) {
      const desk = begun({ A: moving }, { separates, replaces: false, bySymbol: { X: there } });
      desk.bar(10);
      taken(desk, "0-dip");
      expect(desk.bar(12)).toEqual(["modify 0-dip to 60000-dip"]);
      const other = begun({ A: moving }, { separates, replaces: false, bySymbol: { Y: there } });
      other.bar(10);
      taken(other, "0-dip");
      expect(other.bar(12)).toEqual(["cancel 0-dip"]);
    }
  });

  it("is dropped where the old one has filled", () => {
    const desk = begun({ A: moving }, { replaces: false });
    desk.bar(10);
    taken(desk, "0-dip");
    desk.bar(12);
    expect(desk.report(trade(desk.request("0-dip"), { side: "buy", quantity: 5 }))).toEqual([]);
    expect(desk.position()).toBe(5);
    expect(desk.desk.openOrders).toEqual([]);
    expect(desk.desk.members[0].session.snapshot().sent).toEqual([]);
  });
});

describe("strategies that share one position", () => {
  const nets = { separates: false, protects: false } as const;
  const up = `enter long when bar_index == 0 { size 10 stop at close - 2 target at close + 3 }`;
  const down = `enter short when bar_index == 0 { size 4 unprotected }`;

  function both(given: { readonly strays?: "close" | "halt" } = {}): TestDesk {
    const desk = begun({ A: up, B: down }, { ...nets, ...given });
    expect(desk.bar(10)).toEqual(["submit 0-long buy 10", "submit 0-short sell 4"]);
    entered(desk, 10);
    desk.report(trade(desk.request("0-short"), { side: "sell", quantity: 4 }));
    taken(desk, "0-long-stop", "0-long-target");
    return desk;
  }
  const held = ({ desk }: TestDesk): string =>
    desk.members.map(({ session }) => session.held.long - session.held.short).join();

  it("have orders that may open, and only one alone has some that may not", () => {
    const alone = begun({ A: up }, nets);
    alone.bar(10);
    entered(alone, 10);
    expect(alone.reduceOnly()).toEqual(["0-long-stop", "0-long-target"]);
    expect(both().reduceOnly()).toEqual([]);
  });

  it("turn a position round with one order for what is closed and opened", () => {
    const desk = begun(
      {
        A: `enter long when bar_index == 0 { size 10 unprotected } enter short when bar_index == 1 { size 3 unprotected }`,
      },
      nets,
    );
    desk.bar(10);
    entered(desk, 10);
    expect(desk.bar(10)).toEqual(["submit 60000-short sell 13"]);
    desk.report(trade(desk.request("60000-short"), { side: "sell", quantity: 13 }));
    expect(desk.position()).toBe(-3);
  });

  it("open no more than is left when they have turned a position round, as the gates see it", () => {
    const turning = `enter long when bar_index == 0 { size 10 unprotected } enter short when bar_index == 1 { size 3 unprotected }`;
    for (const most of [10, 9]) {
      const rules = [{ gate: "max_position", most }] as const;
      const desk = begun({ A: turning }, { ...nets, rules });
      const long = desk.bar(10);
      expect(long.join()).toContain(most === 10 ? "submit 0-long" : "refused");
      if (most < 10) continue;
      entered(desk, 10);
      expect(desk.bar(10)).toEqual(["submit 60000-short sell 13"]);
    }
  });

  const bothTraded = (desk: TestDesk): readonly string[] => {
    closed(desk, "0-long-stop", 10);
    expect(closed(desk, "0-long-target", 10)).toEqual(["ask"]);
    return desk.answer({ positions: [{ symbol: "X", quantity: -14 }] });
  };

  it("close at once what a stop and a target have sold twice", () => {
    const desk = both();
    expect(bothTraded(desk)).toEqual([
      expect.stringMatching(
        /^stray: order 0-long-target traded 10 lots more than there were to trade.*closed at the market$/,
      ),
      "submit 0-long-target-stray-1-exit buy 10",
    ]);
    expect(held(desk)).toBe("-10,-4");
    desk.report(trade(desk.request("0-long-target-stray-1-exit"), { side: "buy", quantity: 10 }));
    expect(held(desk)).toBe("0,-4");
  });

  it("stop there where that is asked for", () => {
    const desk = both({ strays: "halt" });
    const said = bothTraded(desk);
    expect(said[0]).toMatch(/^stray: .*they stay$/);
    expect(said.join("\n")).toMatch(/halted: operator: X of A: order 0-long-target traded 10 lots more/);
    expect(said.join("\n")).not.toContain("submit");
    expect(held(desk)).toBe("-10,-4");
  });

  it("wait with a trade that closes too much while another may be missing", () => {
    const desk = begun({ A: up, B: down }, nets);
    desk.bar(10);
    entered(desk, 4, 6);
    closed(desk, "0-long-stop", 4);
    closed(desk, "0-long-target", 4);
    // The venue has bought ten, and six of them are not known here.
    desk.answer({ positions: [{ symbol: "X", quantity: 2 }] });
    expect(held(desk)).toBe("0,0");
    entered(desk, 6);
    expect(held(desk)).toBe("2,0");
  });

  const ofVenue = (given: Pick<VenueTrade, "side" | "quantity" | "commission">): ReturnType<typeof trade> =>
    trade(
      { clientId: "L1", strategy: "", symbol: "X" },
      { ...given, ofVenue: { orderId: "L1", purpose: "liquidation" } },
    );

  it("have their part of a liquidation by what they hold on its side", () => {
    const desk = begun(
      {
        A: `enter long when bar_index == 0 { size 10 unprotected }`,
        B: `enter long "more" when bar_index == 0 { size 5 unprotected }`,
        C: `enter short when bar_index == 0 { size 4 unprotected }`,
      },
      nets,
    );
    desk.bar(10);
    entered(desk, 10);
    desk.report(trade(desk.request("0-more"), { side: "buy", quantity: 5 }));
    desk.report(trade(desk.request("0-short"), { side: "sell", quantity: 4 }));
    // Of seven lots 4.67 and 2.33: four and two, and the one that is left where more was cut off.
    expect(desk.report(ofVenue({ side: "sell", quantity: 7, commission: 7 }))).toEqual([]);
    expect(held(desk)).toBe("5,3,-4");
    const commissions = desk.desk.members.map(({ session }) =>
      session.snapshot().ledger.roundTrips.reduce((sum, each) => sum + each.commission, 0),
    );
    expect(commissions).toEqual([5, 2, 0]);
  });

  it("pay for holding by what each has of the position", () => {
    const desk = both();
    const cashes = (): number[] => desk.desk.members.map(({ session }) => session.snapshot().ledger.cash);
    const before = cashes();
    desk.report({
      ...{ kind: "cash", id: "f1", strategy: "", symbol: "X" },
      flow: { reason: "funding", amount: -6, time: 1 },
    });
    expect(cashes().map((each, i) => each - before[i])).toEqual([-10, 4]);
  });
});

import { describe, expect, it } from "vitest";
import {
  Gatekeeper,
  type AccountView,
  type GateRule,
  type OrderProposal,
  type Refusal,
} from "@bitfever/runtime";
import { accountOf, holdingOf, noon, proposalOf, ticket } from "./account.js";

const refusal = (
  gatekeeper: Gatekeeper,
  order: Partial<OrderProposal> = {},
  account: AccountView = accountOf(),
): Refusal | null => {
  const decision = gatekeeper.propose(proposalOf(order), ticket, account);
  return "refused" in decision ? decision.refused : null;
};

const sent = (gatekeeper: Gatekeeper, account?: AccountView): string =>
  Object.entries({ entry: {}, exit: { isReducing: true }, flatten: { isReducing: true, isFlattening: true } })
    .filter(([, order]) => refusal(gatekeeper, order, account) === null)
    .map(([name]) => name)
    .join(" ");

const dayLoss: GateRule = { gate: "daily_loss", most: "2%", action: "reduce" };

describe("states", () => {
  it("let through what their table says", () => {
    const gatekeeper = new Gatekeeper([]);
    expect(sent(gatekeeper)).toBe("entry exit flatten");
    expect(gatekeeper.reduce(noon, "lunch")).toBe("reduce");
    expect([gatekeeper.state, sent(gatekeeper)]).toEqual(["reducing", "exit flatten"]);
    expect(gatekeeper.halt(noon, "fire alarm")).toBe("halt");
    expect([gatekeeper.state, sent(gatekeeper)]).toEqual(["halted", "flatten"]);
    expect(gatekeeper.reduce(noon, "no change")).toBe("reduce");
    expect(gatekeeper.state).toBe("halted");
    gatekeeper.resume(accountOf());
    expect([gatekeeper.state, sent(gatekeeper)]).toEqual(["active", "entry exit flatten"]);
  });

  it("say why they refuse, and since when they hold", () => {
    const gatekeeper = new Gatekeeper([dayLoss]);
    const account = accountOf({ equity: 97_000 });
    expect(gatekeeper.look(noon, account)).toBe("reduce");
    gatekeeper.halt(noon + 1, "to look at it");
    expect(refusal(gatekeeper, {}, account)).toEqual({
      ...{ gate: "state", code: "halted", asked: null, allowed: null, action: "refuse" },
      reason: "daily_loss: loss of the day: 3%, stops at 2%; operator: to look at it",
    });
    expect(gatekeeper.holds).toEqual([
      {
        ...{ by: gatekeeper.snapshot().rules[0].key, gate: "daily_loss", state: "reducing", since: noon },
        ...{
          instruction: "reduce",
          until: "session",
          reason: "daily_loss: loss of the day: 3%, stops at 2%",
        },
      },
      {
        ...{ by: "operator", gate: null, state: "halted", since: noon + 1 },
        ...{ instruction: "halt", until: "resume", reason: "operator: to look at it" },
      },
    ]);
  });

  it("a kill cancels everything, and flattens when asked", () => {
    const gatekeeper = new Gatekeeper([]);
    expect(gatekeeper.kill(noon, "out", { flatten: false })).toBe("kill");
    expect(gatekeeper.kill(noon, "out", { flatten: true })).toBe("flatten");
    expect([gatekeeper.state, sent(gatekeeper)]).toEqual(["halted", "flatten"]);
  });
});

describe("an order", () => {
  it.each([
    [{ quantity: 0 }, "units of the order: 0"],
    [{ quantity: -1 }, "units of the order: -1"],
    [{ quantity: NaN }, "units of the order: NaN"],
    [{ quantity: Infinity }, "units of the order: Infinity"],
    [{ price: NaN }, "price of the order: NaN"],
  ])("that makes no sense is refused without any rule: %j", (order, reason) => {
    expect(refusal(new Gatekeeper([]), order)).toEqual({
      ...{ gate: "order", code: "senseless", reason, asked: Object.values(order)[0] },
      ...{ allowed: null, action: "refuse" },
    });
    expect(refusal(new Gatekeeper([]), { ...order, isReducing: true })).toBeNull();
  });

  it("is the one that was proposed", () => {
    const other = { clientId: "trend-AAA-2" };
    expect(() => new Gatekeeper([]).propose(proposalOf(), other, accountOf())).toThrow(
      "gatekeeper: order trend-AAA-2 proposed as trend-AAA-1",
    );
  });

  it("makes no room by what it says it replaces and the account does not count", () => {
    const account = accountOf({}, [holdingOf({ long: 90, entering: { buy: 10, sell: 0 } })]);
    const gatekeeper = new Gatekeeper([{ gate: "max_position", most: 100 }]);
    const order = { quantity: 11, replacedQuantity: 50 };
    expect(refusal(gatekeeper, { ...order, isReplacement: true }, account)?.asked).toBe(101);
    expect(refusal(gatekeeper, order, account)?.asked).toBe(111);
  });
});

describe("look", () => {
  it("says once what is to be done, the worst of it", () => {
    const gatekeeper = new Gatekeeper([
      dayLoss,
      { gate: "drawdown", most: "10%", action: "flatten" },
      { gate: "daily_loss", most: "5%", action: "halt" },
    ]);
    const at = (equity: number): string => gatekeeper.look(noon, accountOf({ equity }));
    expect([at(99_000), at(98_000), at(96_000), at(95_000), at(85_000), at(85_000)]).toEqual([
      ...["pass", "reduce", "pass", "halt", "flatten", "pass"],
    ]);
    expect(gatekeeper.state).toBe("halted");
    expect(gatekeeper.uses.map(({ fired }) => fired)).toEqual([1, 1, 1]);
    const atOnce = new Gatekeeper([{ gate: "drawdown", most: "10%", action: "flatten" }, dayLoss]);
    expect(atOnce.look(noon, accountOf({ equity: 85_000 }))).toBe("flatten");
  });

  it("does nothing where a rule only refuses, or where equity is unknown", () => {
    const gatekeeper = new Gatekeeper([{ ...dayLoss, action: "refuse" }, dayLoss]);
    expect(gatekeeper.look(noon, accountOf({ equity: NaN }))).toBe("pass");
    expect(gatekeeper.state).toBe("active");
    expect(refusal(gatekeeper, {}, accountOf({ equity: NaN }))).toMatchObject({ action: "refuse" });
    expect(gatekeeper.state).toBe("active");
  });

  it("finds what an order between two looks found before it", () => {
    const gatekeeper = new Gatekeeper([dayLoss]);
    const account = accountOf({ equity: 97_000 });
    expect(refusal(gatekeeper, {}, account)).toMatchObject({ gate: "daily_loss", action: "reduce" });
    expect(gatekeeper.state).toBe("reducing");
    expect(gatekeeper.look(noon, account)).toBe("pass");
  });
});

describe("the end of a session day", () => {
  it("ends what a rule of the day has stopped, and nothing else", () => {
    const gatekeeper = new Gatekeeper([dayLoss]);
    const lost = accountOf({ equity: 97_000, session: 1 });
    gatekeeper.look(noon, lost);
    const next = accountOf({ equity: 97_000, sessionEquity: 97_000, session: 2 });
    expect(sent(gatekeeper, lost)).toBe("exit flatten");
    expect(sent(gatekeeper, next)).toBe("entry exit flatten");

    const stopped = new Gatekeeper([dayLoss, { gate: "drawdown", most: "3%", action: "halt" }]);
    stopped.look(noon, lost);
    expect([stopped.look(noon, next), stopped.state]).toEqual(["pass", "halted"]);
  });

  it("is none where nobody knows the day", () => {
    const gatekeeper = new Gatekeeper([dayLoss]);
    const at = (equity: number, session: number): string => {
      gatekeeper.look(noon, accountOf({ equity, session }));
      return gatekeeper.state;
    };
    expect([at(97_000, NaN), at(97_000, 1), at(100_000, NaN), at(100_000, 2)]).toEqual([
      ...["reducing", "reducing", "reducing", "active"],
    ]);
  });

  it("leaves an operator's word standing", () => {
    const gatekeeper = new Gatekeeper([]);
    gatekeeper.look(noon, accountOf({ session: 1 }));
    gatekeeper.reduce(noon, "holiday");
    gatekeeper.look(noon, accountOf({ session: 2 }));
    expect(gatekeeper.state).toBe("reducing");
  });
});

describe("resume", () => {
  it("lets a loss be measured from then on, for the rule that it released", () => {
    const gatekeeper = new Gatekeeper([dayLoss, { gate: "daily_loss", most: "5%", action: "halt" }]);
    const at = (equity: number, session = 1): AccountView => accountOf({ equity, session });
    gatekeeper.look(noon, at(97_000));
    gatekeeper.resume(at(97_000));
    expect(gatekeeper.look(noon, at(95_500))).toBe("pass");
    // 2% of 97,000 are 1,940.
    expect(gatekeeper.look(noon, at(95_060))).toBe("reduce");
    gatekeeper.resume(at(95_060));
    // The other rule was never reached, and is at 5% of what the day began with.
    expect(gatekeeper.look(noon, at(95_000))).toBe("halt");
  });

  it("measures from the last session day again when the next begins", () => {
    const gatekeeper = new Gatekeeper([dayLoss]);
    gatekeeper.look(noon, accountOf({ equity: 97_000, session: 1 }));
    gatekeeper.resume(accountOf({ equity: 97_000, session: 1 }));
    const next = { session: 2, sessionEquity: 90_000 };
    expect(gatekeeper.look(noon, accountOf({ ...next, equity: 88_201 }))).toBe("pass");
    expect(gatekeeper.look(noon, accountOf({ ...next, equity: 88_200 }))).toBe("reduce");
  });

  it("hears of a new session day too", () => {
    const gatekeeper = new Gatekeeper([{ gate: "orders_per_day", most: 1 }]);
    expect(refusal(gatekeeper, {}, accountOf({ session: 1 }))).toBeNull();
    gatekeeper.resume(accountOf({ session: 2 }));
    expect(gatekeeper.snapshot().session).toBe(2);
    expect(refusal(gatekeeper, {}, accountOf({ session: 2 }))).toBeNull();
  });

  it("measures a drawdown from the highest equity since", () => {
    const gatekeeper = new Gatekeeper([{ gate: "drawdown", most: "10%", action: "halt" }]);
    const at = (equity: number): string => gatekeeper.look(noon, accountOf({ equity }));
    expect(at(90_000)).toBe("halt");
    gatekeeper.resume(accountOf({ equity: 90_000 }));
    expect([at(89_000), at(95_000), at(85_501), at(85_500)]).toEqual(["pass", "pass", "pass", "halt"]);
  });

  it("forgets no highest equity over one that nobody knows", () => {
    const gatekeeper = new Gatekeeper([{ gate: "drawdown", most: "10%", action: "halt" }]);
    const at = (equity: number): string => gatekeeper.look(noon, accountOf({ equity }));
    at(90_000);
    gatekeeper.resume(accountOf({ equity: 90_000 }));
    expect([at(NaN), at(81_001), at(81_000)]).toEqual(["pass", "pass", "halt"]);
    gatekeeper.resume(accountOf({ equity: NaN }));
    expect(at(80_000)).toBe("halt");
  });

  it("counts losses from then on, and all of them after one that was won", () => {
    const gatekeeper = new Gatekeeper([{ gate: "losses_in_a_row", most: 3, action: "reduce" }]);
    const at = (lossesInARow: number): string => gatekeeper.look(noon, accountOf({ lossesInARow }));
    expect(at(3)).toBe("reduce");
    gatekeeper.resume(accountOf({ lossesInARow: 3 }));
    expect([at(3), at(5), at(6)]).toEqual(["pass", "pass", "reduce"]);
    gatekeeper.resume(accountOf({ lossesInARow: 6 }));
    expect([at(0), at(2), at(3)]).toEqual(["pass", "pass", "reduce"]);
  });

  it("lets a rule that counts begin anew", () => {
    const gatekeeper = new Gatekeeper([{ gate: "orders_per_day", most: 1, action: "halt" }]);
    expect([refusal(gatekeeper), refusal(gatekeeper)?.action]).toEqual([null, "halt"]);
    gatekeeper.resume(accountOf());
    expect([refusal(gatekeeper), refusal(gatekeeper)?.action]).toEqual([null, "halt"]);
  });

  it("forgives nothing to a rule that had not stopped the account", () => {
    const gatekeeper = new Gatekeeper([dayLoss]);
    gatekeeper.halt(noon, "lunch");
    gatekeeper.resume(accountOf({ equity: 98_500 }));
    expect(gatekeeper.look(noon, accountOf({ equity: 98_000 }))).toBe("reduce");
  });
});

describe("several rules", () => {
  it("of those an order meets, the harshest is told, and all have fired", () => {
    const gatekeeper = new Gatekeeper([
      { gate: "max_order_quantity", most: 5 },
      { gate: "max_position", most: 5, action: "halt" },
      { gate: "exposure", most: "1%", symbol: "BBB" },
      { gate: "max_order_notional", most: 10, action: "reduce" },
    ]);
    expect(refusal(gatekeeper)).toEqual({
      ...{ gate: "max_position", code: "position_too_large", action: "halt", asked: 10, allowed: 5 },
      reason: "units held if all entries fill: 10, at most 5",
    });
    expect(gatekeeper.state).toBe("halted");
    expect(gatekeeper.uses).toEqual([
      {
        ...{ gate: "max_order_quantity", per: "symbol", most: 5, action: "refuse", fired: 1 },
        last: { time: noon, reason: "units of the order: 10, at most 5" },
      },
      {
        ...{ gate: "max_position", per: "symbol", most: 5, action: "halt", fired: 1 },
        last: { time: noon, reason: "units held if all entries fill: 10, at most 5" },
      },
      { gate: "exposure", per: "account", symbol: "BBB", most: "1%", action: "refuse", fired: 0, last: null },
      {
        ...{ gate: "max_order_notional", per: "account", most: 10, action: "reduce", fired: 1 },
        last: { time: noon, reason: "value of the order: 1000, at most 10" },
      },
    ]);
  });

  it("of two that only refuse the first is told", () => {
    const gatekeeper = new Gatekeeper([
      { gate: "max_order_notional", most: 1 },
      { gate: "max_order_quantity", most: 1 },
    ]);
    expect(refusal(gatekeeper)?.gate).toBe("max_order_notional");
  });

  it("what a limit of hours or events is stands in no number", () => {
    const [{ most }] = new Gatekeeper([{ gate: "session_hours", hours: { calendar: "ALWAYS" } }]).uses;
    expect(most).toBeNull();
  });

  it("asks of the account no more than their gates need", () => {
    const asked: unknown[] = [];
    const account: AccountView = {
      ...accountOf(),
      holdingsIn: (scope) => {
        asked.push(scope);
        return [holdingOf()];
      },
    };
    const rules: GateRule[] = [
      { gate: "max_position", most: 100, strategy: "trend" },
      { gate: "max_position", most: 100, symbol: "BBB" },
      { gate: "exposure", most: 1, per: "sector" },
      { gate: "max_order_quantity", most: 50 },
    ];
    refusal(new Gatekeeper(rules), {}, account);
    expect(asked).toEqual([{ strategy: "trend", symbol: "AAA" }, { sector: "tech" }]);
    refusal(new Gatekeeper(rules), { isReducing: true }, account);
    expect(asked).toHaveLength(2);
  });
});

describe("a snapshot", () => {
  const rules: GateRule[] = [
    { gate: "orders_per_day", most: 2 },
    { gate: "daily_loss", most: "1%", action: "reduce" },
    { gate: "daily_loss", most: "2%", action: "halt" },
  ];
  const worked = (): Gatekeeper => {
    const gatekeeper = new Gatekeeper(rules);
    refusal(gatekeeper);
    refusal(gatekeeper);
    gatekeeper.look(noon, accountOf({ equity: 99_000 }));
    return gatekeeper;
  };

  it("is plain, and the same after a way through JSON", () => {
    const text = JSON.stringify(worked().snapshot());
    const restored = new Gatekeeper(rules);
    restored.restore(JSON.parse(text));
    expect(JSON.stringify(restored.snapshot())).toBe(text);
    expect(restored.uses).toEqual(worked().uses);
    expect(restored.holds).toEqual(worked().holds);
  });

  it("takes the place of what the gatekeeper knew before", () => {
    const fresh = new Gatekeeper(rules).snapshot();
    const restored = worked();
    restored.restore(fresh);
    expect(restored.snapshot()).toEqual(fresh);
  });

  it("knows rules of the same gate by what they are about", () => {
    const of = (symbol: string): GateRule => ({ gate: "orders_per_day", most: 1, symbol });
    const gatekeeper = new Gatekeeper([of("AAA"), of("BBB")]);
    refusal(gatekeeper);
    const restored = new Gatekeeper([of("BBB"), of("AAA")]);
    restored.restore(gatekeeper.snapshot());
    expect(refusal(restored)?.gate).toBe("orders_per_day");
    expect(refusal(restored, { symbol: "BBB" })).toBeNull();
  });

  it("knows two rules that are about the same, one from the other", () => {
    const gatekeeper = worked();
    gatekeeper.look(noon, accountOf({ equity: 98_000 }));
    gatekeeper.look(noon, accountOf({ equity: 98_000 }));
    const restored = new Gatekeeper(rules);
    restored.restore(gatekeeper.snapshot());
    expect(restored.uses.map(({ fired }) => fired)).toEqual([0, 1, 1]);
  });

  it("keeps what a rule knew where its limit or its place has changed", () => {
    const restored = new Gatekeeper([
      { gate: "max_position", most: 1 },
      { gate: "daily_loss", most: "0.5%", action: "flatten" },
      { gate: "orders_per_day", most: 3 },
    ]);
    restored.restore(worked().snapshot());
    expect(restored.state).toBe("reducing");
    // It is the rule that has reduced the account, and does not stop it again.
    expect(restored.look(noon, accountOf({ equity: 99_000 }))).toBe("pass");
    restored.resume(accountOf());
    const small = { quantity: 0.1 };
    expect([refusal(restored, small), refusal(restored, small)?.gate]).toEqual([null, "orders_per_day"]);
  });

  it("keeps an account stopped by a rule that is no more", () => {
    const restored = new Gatekeeper([]);
    restored.restore(worked().snapshot());
    expect([restored.state, sent(restored)]).toEqual(["reducing", "exit flatten"]);
    restored.resume(accountOf());
    expect(restored.state).toBe("active");
  });

  it("does not change with the gatekeeper it was made of", () => {
    const gatekeeper = worked();
    const snapshot = gatekeeper.snapshot();
    const before = JSON.stringify(snapshot);
    gatekeeper.resume(accountOf());
    refusal(gatekeeper);
    gatekeeper.halt(noon, "stop");
    expect(JSON.stringify(snapshot)).toBe(before);
  });
});

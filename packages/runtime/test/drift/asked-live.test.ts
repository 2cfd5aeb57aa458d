import { expect, it } from "vitest";
import { clientIdOf, type DeskCommand, type DeskRecord } from "../../src/index.js";
import { AskedLive } from "../../src/drift/asked-live.js";

const [strategy, symbol] = ["Up", "AAA"];
const clientId = clientIdOf(strategy, symbol, "1");
const submitted = (tag = "up", purpose: "enter" | "exit" = "enter"): DeskCommand => {
  const order = {
    id: "1",
    type: "market",
    side: "buy",
    purpose,
    quantity: 1,
    price: null,
    tag,
    children: [],
  };
  return { kind: "submit", order: { clientId, strategy, symbol, order } as never };
};
const bars: DeskRecord = { in: [{ kind: "bars", at: 50, closedAt: 20, bars: [] }] };
const clock: DeskRecord = { in: [{ kind: "clock", at: 90 }] };

it("keeps how an order was asked for at first, however often it is sent", () => {
  const asked = new AskedLive([bars, { out: [submitted()] }, clock, { out: [submitted()] }]);
  expect(asked.orders.get(clientId)).toMatchObject({ lateMs: 30, by: "bars", strategy, symbol });
  expect(asked.bars).toHaveLength(1);
});

it("knows who closes what is held", () => {
  const out = [submitted("flatten", "exit")];
  const halted: DeskCommand = { kind: "notice", notice: { what: "halted", text: "a loss" } };
  const byHand: DeskRecord = { in: [{ kind: "operator", at: 1, order: { kind: "flatten" } }] };
  const by = (...records: readonly DeskRecord[]): string | undefined =>
    new AskedLive(records).orders.get(clientId)?.by;
  expect(by(byHand, { out })).toBe("operator");
  expect(by(bars, { out: [halted, ...out] })).toBe("gate");
  // A rule of the program that somebody has called so.
  expect(by(bars, { out })).toBe("bars");
});

it("knows who took an order back", () => {
  const cancel: DeskCommand = {
    ...{ kind: "cancel", request: { clientId, strategy, symbol }, orderId: "1" },
  };
  const byHand: DeskRecord = { in: [{ kind: "operator", at: 1, order: { kind: "pause" } }] };
  expect(new AskedLive([byHand, { out: [cancel] }]).cancels.get(clientId)).toBe("operator");
  expect(new AskedLive([bars, { out: [cancel] }]).cancels.get(clientId)).toBe("bars");
});

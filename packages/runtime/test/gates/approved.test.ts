/* eslint-disable @typescript-eslint/no-misused-spread, @typescript-eslint/no-unsafe-class-instance-assignment --
   lint refuses it as well; here it is the compiler that is asked */
import { expect, it } from "vitest";
import type { Order } from "@bitfever/engine";
import { Gatekeeper, isApproved, type Broker, type VenueOrder } from "@bitfever/runtime";
import { accountOf, proposalOf } from "./account.js";

const order: Order = {
  ...{ id: "1", type: "market", side: "buy", purpose: "enter", quantity: 1, price: null, tag: "" },
  children: [],
};
const unvetted: VenueOrder = { clientId: "trend-AAA-1", strategy: "trend", symbol: "AAA", order };

const submitted: VenueOrder[] = [];
const broker: Pick<Broker, "submit" | "modify"> = {
  submit: (each) => submitted.push(each),
  modify: (_, each) => submitted.push(each),
};

it("is what the gates let through, and neither a copy nor anything else", () => {
  const decision = new Gatekeeper([]).propose(proposalOf(), unvetted, accountOf());
  if (!("approved" in decision)) throw new Error("refused");
  broker.submit(decision.approved);
  expect(submitted).toEqual([unvetted]);
  expect(isApproved(decision.approved)).toBe(true);
  expect(isApproved({ ...decision.approved })).toBe(false);
});

it("is nothing that was refused", () => {
  const refused: VenueOrder = { ...unvetted };
  const rules = [{ gate: "max_order_quantity", most: 1 }];
  expect(new Gatekeeper(rules).propose(proposalOf(), refused, accountOf())).not.toHaveProperty("approved");
  expect(isApproved(refused)).toBe(false);
});

it("does not compile where an order is sent past the gates", () => {
  const bypass = (): void => {
    // @ts-expect-error -- nobody looked at it
    broker.submit(unvetted);
    // @ts-expect-error -- nor at this one
    broker.modify(unvetted, unvetted);
    const decision = new Gatekeeper([]).propose(proposalOf(), unvetted, accountOf());
    // @ts-expect-error -- it may have been refused
    broker.submit(decision.approved);
    // @ts-expect-error -- a change of what was approved is approved no more
    if ("approved" in decision) broker.submit({ ...decision.approved, clientId: "another" });
  };
  expect(bypass).toBeTypeOf("function");
});

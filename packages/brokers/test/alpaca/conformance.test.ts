import { testBroker } from "@bitfever/runtime";
import { describe, expect, it } from "vitest";
import { alpacaTrial } from "./alpaca-trial.js";

describe("what every venue must show, Alpaca shows", () => {
  it("with whole shares", async () => {
    expect(await testBroker(() => alpacaTrial())).toEqual([]);
  });

  it("with parts of a share", async () => {
    expect(await testBroker(async () => fractional(await alpacaTrial({ fractions: true })))).toEqual([]);
  });

  it("where its news come late, twice, in another order or not at all, and fills come in parts", async () => {
    let seed = 0;
    const unlucky = async (): ReturnType<typeof alpacaTrial> => {
      const trial = await alpacaTrial({}, ++seed);
      trial.server.mishaps({
        ...{ lateMessages: 0.1, lostMessages: 0.1, doubledMessages: 0.1, swappedMessages: 0.1 },
        ...{ doubledRequests: 0.2, parts: 0.3, mostMs: 10 },
      });
      return trial;
    };
    expect(await testBroker(unlucky, { attempts: 12 })).toEqual([]);
  });
});

const fractional = (trial: Awaited<ReturnType<typeof alpacaTrial>>) => ({
  ...trial,
  quantity: trial.instrument.quantity(2.5),
});

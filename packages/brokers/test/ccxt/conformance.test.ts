import { testBroker } from "@bitfever/runtime";
import { describe, expect, it } from "vitest";
import { utcNow } from "../../src/clock.js";
import { ccxtTrial, lostAfterMs, type CcxtTrial } from "./ccxt-trial.js";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("what every venue must show", () => {
  it.each(["binance spot", "binance futures", "bybit spot", "bybit linear"] as const)("%s", async (venue) => {
    // Of an order that a broker does not know it says nothing before another life of it can have sent none: all begin at once.
    const begun = await Promise.all(Array.from({ length: 20 }, () => ccxtTrial(venue)));
    const since = utcNow();
    const next = async (): Promise<CcxtTrial> => {
      const trial = begun.shift();
      if (trial === undefined) throw new Error("more checks than trials");
      await pause(Math.max(0, since + lostAfterMs + 100 - utcNow()));
      return trial;
    };
    expect(await testBroker(next)).toEqual([]);
  });
});

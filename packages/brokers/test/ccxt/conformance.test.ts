import { testBroker } from "@bitfever/runtime";
import { describe, expect, it } from "vitest";
import { ccxtTrial } from "./ccxt-trial.js";

describe("what every venue must show", () => {
  it.each(["binance spot", "binance futures", "bybit linear"] as const)("%s", async (venue) => {
    expect(await testBroker(() => ccxtTrial(venue))).toEqual([]);
  });
});

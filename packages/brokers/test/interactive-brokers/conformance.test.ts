import { testBroker } from "@bitfever/runtime";
import { expect, it } from "vitest";
import { interactiveBrokersTrial } from "./interactive-brokers-trial.js";

it("shows what every venue must show", async () => {
  expect(await testBroker(() => interactiveBrokersTrial())).toEqual([]);
}, 120_000);

import { expect, it, onTestFinished } from "vitest";
import { AccountStream } from "../../src/alpaca/account-stream.js";
import { AlpacaBroker } from "../../src/alpaca/alpaca-broker.js";
import type { AlpacaRest } from "../../src/alpaca/alpaca-rest.js";
import { alpacaVenue, startVenueServer } from "../../src/index.js";

it("keys that are not known, and shares that there are not, are errors that say so", async () => {
  const server = await startVenueServer({ exchange: "alpaca" });
  onTestFinished(() => server.close());
  const { url, apiKey: keyId, secret } = server;
  await expect(alpacaVenue({ url, keyId, secret: "another" })).rejects.toMatchObject({
    ...{ code: "BF5302", hint: expect.stringContaining("keys") as string },
  });
  const { rules, fees, candles, trades } = await alpacaVenue({ url, keyId, secret });
  const unknown = expect.objectContaining({ code: "BF5304" }) as Error;
  expect(() => rules("BTC/USD")).toThrow(unknown);
  expect(() => trades({ symbol: "BTC/USD" })).toThrow(unknown);
  expect(() => candles({ symbol: "BTC/USD", intervalMs: 60_000 } as never)).toThrow(unknown);
  expect(await fees("AAPL")).toEqual({ maker: 0, taker: 0 });
});

it("a venue that does not answer is one", async () => {
  const server = await startVenueServer({ exchange: "alpaca" });
  const { url, apiKey: keyId, secret } = server;
  await server.close();
  await expect(alpacaVenue({ url, keyId, secret })).rejects.toMatchObject({
    ...{ code: "BF5302", hint: expect.stringContaining("connection") as string },
  });
});

it("counts in cents, and in whole shares unless parts of them are asked for and there are some", async () => {
  const server = await startVenueServer({ exchange: "alpaca" });
  onTestFinished(() => server.close());
  const { url, apiKey: keyId, secret } = server;
  const whole = await alpacaVenue({ url, keyId, secret });
  expect(whole.rules("AAPL")).toMatchObject({ minimumQuantity: 1, minimumNotional: null });
  expect(whole.rules("AAPL").instrument.specification).toMatchObject({ tick: 0.01, lot: 1 });
  const parts = await alpacaVenue({ url, keyId, secret, fractions: true });
  expect(parts.rules("AAPL")).toMatchObject({ minimumQuantity: 1e-9, minimumNotional: 1 });
  expect(parts.rules("WHOLE")).toMatchObject({ minimumQuantity: 1, minimumNotional: null });
});

it.each([
  [{ status: "ACCOUNT_CLOSED" }, /its status is ACCOUNT_CLOSED/],
  [{ trading_blocked: true }, /blocked/],
  [{ trade_suspended_by_user: true }, /its owner has suspended trading/],
])("an account that may not trade is refused before the first order: %o", async (said, text) => {
  const account = { status: "ACTIVE", trading_blocked: false, account_blocked: false, ...said };
  const broker = new AlpacaBroker({
    ...{ rest: { account: () => Promise.resolve(account) } as unknown as AlpacaRest, now: () => 0 },
    ...{ streamOf: () => Object.create(AccountStream.prototype) as AccountStream, isTraded: () => true },
    ...{ pollMs: 1_000, settleMs: 1, lostAfterMs: 1 },
  });
  const connecting = broker.connect(() => undefined, []);
  await expect(connecting).rejects.toMatchObject({
    ...{ code: "BF5306", message: expect.stringMatching(text) as string },
  });
});

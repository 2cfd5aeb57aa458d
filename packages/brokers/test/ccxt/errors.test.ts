import { expect, it, onTestFinished } from "vitest";
import { ccxtVenue, startVenueServer, type CcxtVenueOptions } from "../../src/index.js";

it("an account that pays its fees with what it buys is refused before the first order", async () => {
  const server = await startVenueServer({ exchange: "binance" });
  onTestFinished(() => server.close());
  const { url, apiKey, secret } = server;
  const { broker, rules } = await ccxtVenue({ venue: "binance spot", url, apiKey, secret });
  await expect(broker.connect(() => undefined, [rules("BTCUSDT").instrument])).rejects.toMatchObject({
    code: "BF5303",
  });
  expect(() => rules("NOTHING")).toThrow(expect.objectContaining({ code: "BF5304" }));
  await broker.close();
});

it("an account of Bybit spot trades where its owner says in which other coin it pays", async () => {
  const server = await startVenueServer({ exchange: "bybit", feeAsset: "BNB" });
  onTestFinished(() => server.close());
  const { url, apiKey, secret } = server;
  const given = { venue: "bybit spot", url, apiKey, secret } as const;
  const unsaid = await ccxtVenue(given);
  const { instrument } = unsaid.rules("BTCUSDT");
  await expect(unsaid.broker.connect(() => undefined, [instrument])).rejects.toMatchObject({
    code: "BF5303",
  });
  await unsaid.broker.close();
  const { broker } = await ccxtVenue({ ...given, feeCoin: "BNB" });
  await broker.connect(() => undefined, [instrument]);
  await broker.close();
});

it("a venue of ccxt that nobody has tried is refused, with those that were", async () => {
  const other = { venue: "kraken" } as unknown as CcxtVenueOptions;
  await expect(ccxtVenue(other)).rejects.toMatchObject({
    code: "BF5314",
    hint: expect.stringContaining("bybit linear") as string,
  });
});

it("a venue that does not answer, and a port that is taken, are errors that say so", async () => {
  const server = await startVenueServer({ exchange: "bybit" });
  const { url } = server;
  await expect(
    startVenueServer({ exchange: "bybit", port: Number(new URL(url).port) }),
  ).rejects.toMatchObject({
    code: "BF5301",
  });
  await server.close();
  await expect(ccxtVenue({ venue: "bybit linear", url })).rejects.toMatchObject({ code: "BF5302" });
});

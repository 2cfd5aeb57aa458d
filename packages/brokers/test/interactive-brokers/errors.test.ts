import { expect, it, onTestFinished } from "vitest";
import { interactiveBrokersVenue, startTwsServer, type ServedTws } from "../../src/index.js";
import { venueOf } from "./interactive-brokers-trial.js";

const served = async (): Promise<ServedTws> => {
  const server = await startTwsServer();
  onTestFinished(() => server.close());
  return server;
};

it("says that nobody answers, that a port is taken, and that an id is", async () => {
  const server = await served();
  const { host, port } = server;
  await expect(startTwsServer({ port })).rejects.toMatchObject({ code: "BF5301" });
  await venueOf(server);
  await expect(venueOf(server)).rejects.toThrow(
    expect.objectContaining({ code: "BF5310", message: expect.stringContaining("already in use") }),
  );
  await server.close();
  await expect(interactiveBrokersVenue({ contracts: {}, host, port })).rejects.toMatchObject({
    code: "BF5310",
  });
});

it("says which contract there is not, and which was not named", async () => {
  const server = await served();
  await expect(venueOf(server, { contracts: { NOTHING: {} } })).rejects.toMatchObject({
    code: "BF5311",
    message: "the venue has no stock NOTHING at SMART in USD",
  });
  const venue = await venueOf(server);
  expect(() => venue.rules("NOTHING")).toThrow(expect.objectContaining({ code: "BF5304" }));
});

it("says which accounts there are", async () => {
  const server = await served();
  await expect(venueOf(server, { account: "U1" })).rejects.toMatchObject({
    ...{ code: "BF5312", hint: "say `account`: DU1234567" },
  });
  expect((await venueOf(server, { account: "DU1234567" })).account).toBe("DU1234567");
});

it("tells the rules of a contract, and what an order would cost", async () => {
  const { rules, fees } = await venueOf(await served());
  const { instrument, minimumQuantity, minimumNotional } = rules("SIE");
  expect(instrument.specification).toMatchObject({ symbol: "SIE", tick: 0.01, lot: 1, multiplier: 1 });
  expect([minimumQuantity, minimumNotional]).toEqual([1, null]);
  const { least, most, currency } = await fees("SIE", 10, 150);
  expect([least, most]).toEqual([0.075, 0.075]);
  expect(currency).toBe("EUR");
});

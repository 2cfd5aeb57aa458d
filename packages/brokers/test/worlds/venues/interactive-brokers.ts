import { Decimal } from "decimal.js";
import { utcNow } from "../../../src/clock.js";
import { interactiveBrokersVenue, startTwsServer } from "../../../src/index.js";
import type { TwsContract } from "../../../src/venue-server/tws/tws-contract.js";
import { accidentsOfOrders, accidentsOfWire, type DrawnAccident } from "../accidents.js";
import { plansOfContracts } from "../programs.js";
import { itself, moneyDecimals, times, type WorldVenue } from "./world-venue.js";

const symbol = "AAA";
const dollars = 1_000_000;
/** An order has arrived over a connection that is still there behind so long: longer than any is late, in milliseconds. */
const arriveMs = 1_000;

const share: TwsContract = {
  ...{ symbol, contractId: 265_598, longName: "AAA INC", primaryExchange: "NASDAQ", currency: "USD" },
  // Commissions have the six decimals that are told of them.
  ...{ tick: "0.01", lot: "1", price: "100", makerRate: "0.0001", takerRate: "0.0001" },
};

/** The venue forgets at midnight what is over: it is the middle of its day, whenever it is here. */
function zoneByDay(): string {
  const hour = new Date(utcNow()).getUTCHours();
  return hour >= 7 && hour < 23 ? "US/Eastern" : "Asia/Tokyo";
}

/** Shares at Interactive Brokers, long and short. */
export const interactiveBrokers: WorldVenue = {
  ...{ name: "interactive brokers", symbol, steps: { tick: 0.01, lot: 1, money_decimals: 6 } },
  plans: plansOfContracts,
  // What goes over one connection has no requests of its own: one that is left out, or an answer, takes the connection with it.
  spoiltBy: (drawn) => ({
    ...drawn,
    ...{ lostRequests: drawn.lostRequests / 4, lostAnswers: drawn.lostAnswers / 4 },
    ...{ refused: drawn.refused / 4, limited: drawn.limited / 4, notFound: drawn.notFound / 4 },
  }),
  serve: async (seed) => {
    const server = await startTwsServer({
      ...{ seed, contracts: [share], balances: { USD: String(dollars) }, zone: zoneByDay() },
    });
    const { close, link, holdCommissions } = server;
    const market = server.market(symbol);
    const linkIsLost: DrawnAccident = (random) => {
      const isDataLost = random() < 0.5;
      return {
        begins: () => {
          link(false);
        },
        ends: () => {
          link(true, isDataLost);
        },
      };
    };
    const commissionsAreLate: DrawnAccident = () => ({
      begins: () => {
        holdCommissions(true);
      },
      ends: () => {
        holdCommissions(false);
      },
    });
    return {
      ...{ port: server.port, market, wire: server, ownerOf: itself, close },
      accidents: [
        ...accidentsOfWire(server, server.breakConnections, market),
        ...[linkIsLost, commissionsAreLate],
        ...accidentsOfOrders(server, "cancel"),
      ],
      gained: () =>
        new Decimal(server.balance("USD"))
          .minus(dollars)
          .minus(new Decimal(market.entry()).times(market.held()))
          .toDecimalPlaces(moneyDecimals),
      reach: async (port) => {
        const { broker, rules } = await interactiveBrokersVenue({
          ...{ contracts: { [symbol]: {} }, host: server.host, port, ...times, arriveMs },
          requestsPerSecond: 1_000,
        });
        return { broker, instrument: rules(symbol).instrument };
      },
    };
  },
};

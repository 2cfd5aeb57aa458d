import { Instrument, type OrderTypeName } from "@bitfever/engine";
import type { Broker, BrokerTrial, Lacks, Misfortune } from "../../src/index.js";
import { PlacingMatching } from "../../src/venue/placing-matching.js";
import { simulatedBroker } from "../../src/venue/simulated-broker.js";
import { Timers } from "./timers.js";

interface Circumstances {
  /** Left out, AAA. */
  readonly symbol?: string;
  readonly misfortune?: Partial<Misfortune>;
  readonly draw?: () => number;
  readonly orders?: readonly OrderTypeName[];
  readonly lacks?: Lacks;
  /** One position for all strategies. */
  readonly nets?: boolean;
  /** Units in a bar, of which a tenth may be traded; left out, there is no end of them. */
  readonly volume?: number;
  /** What a broker with a mistake does otherwise. */
  readonly spoil?: (broker: Broker) => Broker;
}

/** The simulated broker of one instrument, on its trial. */
export function simulatedTrial({
  symbol = "AAA",
  misfortune,
  draw,
  orders,
  lacks,
  nets = false,
  volume,
  spoil = (broker) => broker,
}: Circumstances = {}): BrokerTrial {
  const timers = new Timers();
  const strategy = "trial";
  const instrument = new Instrument({ symbol, tick: 0.01, lot: 0.1, moneyDecimals: 2, multiplier: 1 });
  const costs = { commissions: [], slippages: [], carries: [] };
  const matching = new PlacingMatching(instrument, costs, "nearest", instrument.money(1_000_000), {
    volume: volume === undefined ? null : 0.1,
  });
  const venue = simulatedBroker({
    markets: [{ strategy, symbol, intervalMs: 60_000, matching }],
    timer: { now: () => timers.now, after: timers.after },
    ...(misfortune && { misfortune }),
    ...(draw && { draw }),
    ...(orders && { orders }),
    ...(lacks && { lacks }),
    ...(nets && { netMarkets: [{ symbol, intervalMs: 60_000, matching }] }),
  });
  let bars = 0;
  const settle = (): Promise<void> => {
    timers.run();
    return Promise.resolve();
  };
  const trade = (steps: number): Promise<void> => {
    const price = instrument.priceDecimal(steps);
    const time = Date.UTC(2026, 0, 5, 10) + bars * 60_000;
    const prices = { open: price, high: price, low: price, close: price };
    const bar = { time, ...prices, volume: volume ?? NaN, session_bar: bars++ };
    venue.bars([{ symbol, intervalMs: 60_000, bar }]);
    return settle();
  };
  void trade(10_000);
  return {
    broker: spoil(venue.broker),
    ...{ instrument, strategy, price: 10_000, distance: 100, quantity: 40, settle, trade },
    cut: () => {
      venue.cut("somebody pulled the plug");
    },
    mend: venue.mend,
  };
}

import { closeTimeOf } from "@bitfever/engine";
import { openingOf, type Opening } from "../opening.js";
import { simulation, tradedOn, type SimulationOptions } from "../run.js";
import type { SimulatedMarket } from "../venue/simulated.js";
import { orderTypesOf } from "./order-types.js";
import type { Member } from "./member.js";

export interface SeatOptions extends SimulationOptions {
  readonly strategy: string;
  readonly sector?: string | null;
}

/** A strategy on a desk, with the simulated market that it can trade on. */
export interface Seat {
  readonly member: Member;
  readonly market: SimulatedMarket;
  /** When the bar that is stamped with a time is over. */
  readonly closeOf: (time: number) => number;
}

export function seatOf(options: SeatOptions): Seat {
  const { strategy, symbol, plan, markets = [], sector = null } = options;
  const { session, venue, instrument } = simulation({ ...options, tellsPlacing: true }, 1);
  const { timing } = tradedOn(options);
  const { intervalMs } = timing;
  const reads = plan.markets.map((each, i) => ({
    symbol: each.symbol,
    intervalMs: markets[i]?.timing.intervalMs ?? 0,
  }));
  let opening: Opening | undefined;
  const open: SimulatedMarket["open"] = (bar, hear) => {
    opening ??= openingOf({ session, venue, instrument, hear }, options);
    if (opening !== undefined && bar.time >= opening.next) opening.at(bar);
  };
  return {
    member: {
      ...{ strategy, symbol, intervalMs, sector, instrument, session, reads },
      ...{ hedges: plan.fills.hedges, orders: orderTypesOf(plan) },
    },
    market: { strategy, symbol, intervalMs, matching: venue, open },
    closeOf: closeTimeOf(timing),
  };
}

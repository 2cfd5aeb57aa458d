import { orderTypes, type OrderTypeName } from "@bitfever/engine";
import type { Broker, VenueOrder, VenueReport } from "../contract.js";
import { clientIdOf } from "../desk/client-id.js";
import type { SymbolBar } from "../desk/input.js";
import { calm, type Misfortune } from "./misfortune.js";
import { NettingVenue, type NetMarket } from "./netting.js";
import { SimulatedVenue, type Lacks, type SimulatedMarket } from "./simulated.js";

export interface SimulatedBrokerOptions {
  readonly name?: string;
  readonly markets: readonly SimulatedMarket[];
  /** Time at the venue, and who calls when some of it has passed. */
  readonly timer: {
    readonly now: () => number;
    readonly after: (ms: number, act: () => void) => void;
  };
  /** Left out, all goes well. */
  readonly misfortune?: Partial<Misfortune>;
  /** Draws from [0, 1); asked for nothing where all goes well. */
  readonly draw?: () => number;
  /** What all strategies trade on where their positions are not kept apart; given, `markets` are not looked at. */
  readonly netMarkets?: readonly NetMarket[];
  /** What it is made to do without; left out, nothing. */
  readonly lacks?: Lacks;
  /** What of orders it says that it has; left out, all there are. */
  readonly orders?: readonly OrderTypeName[];
}

/** A simulated venue as a broker, with who runs it. */
export interface SimulatedBroker {
  readonly broker: Broker;
  /** Moves the market through bars that have closed. */
  readonly bars: (bars: readonly SymbolBar[]) => void;
  /** Breaks the connection until `mend`, as misfortune does for a while. */
  readonly cut: (reason: string) => void;
  readonly mend: () => void;
}

/**
 * The simulated venue behind the contract of brokers, for rehearsals and tests: between the two there is a wire that takes its
 * time, loses and doubles messages and breaks, as often as is asked for and each time in the same way. Orders fill in parts where
 * the settings of the markets limit the volume.
 */
export function simulatedBroker(options: SimulatedBrokerOptions): SimulatedBroker {
  const { name = "simulated venue", markets, timer, draw = () => 1 } = options;
  const { latencyMs, lost, doubled, rejected, cut, cutMs } = { ...calm, ...options.misfortune };
  const orders = options.orders ?? orderTypes.map((each) => each.name);
  const taken = new Set<string>();
  const refused = new Set<string>();
  let hear: ((report: VenueReport) => void) | undefined;
  let isCut = false;

  const tell = (report: VenueReport): void => {
    carry(() => hear?.(report));
  };
  const { netMarkets, lacks = {} } = options;
  const hearVenue = (report: VenueReport): void => {
    tell(report.kind === "snapshot" ? withRefused(report) : report);
  };
  const venue =
    netMarkets === undefined
      ? new SimulatedVenue(markets, hearVenue, lacks)
      : new NettingVenue(netMarkets, hearVenue, lacks);
  const separates = netMarkets === undefined;

  /** Of an order that it refused the market has never heard. */
  const withRefused = (snapshot: Extract<VenueReport, { kind: "snapshot" }>): VenueReport => ({
    ...snapshot,
    orders: snapshot.orders.map((each) =>
      refused.has(each.clientId) ? { ...each, status: "rejected" } : each,
    ),
  });

  function carry(deliver: () => void): void {
    if (isCut || draw() < lost) return;
    if (draw() < cut) {
      breakOff("the connection is lost");
      timer.after(draw() * cutMs, mend);
      return;
    }
    const times = draw() < doubled ? 2 : 1;
    for (let i = 0; i < times; i++) {
      const [least, most] = latencyMs;
      const delay = most === 0 ? 0 : least + draw() * (most - least);
      if (delay === 0) deliver();
      else timer.after(delay, deliver);
    }
  }

  // Who is connected sees for himself that the connection is gone.
  function breakOff(reason: string): void {
    if (isCut) return;
    isCut = true;
    hear?.({ kind: "disconnected", reason });
  }

  function mend(): void {
    if (!isCut) return;
    isCut = false;
    hear?.({ kind: "connected" });
  }

  const take = (order: VenueOrder, deliver: () => void): void => {
    const { clientId, strategy, symbol } = order;
    if (!taken.has(clientId) && !refused.has(clientId) && draw() < rejected) {
      refused.add(clientId);
      for (const child of order.order.children) refused.add(clientIdOf(strategy, symbol, child.id));
    }
    if (refused.has(clientId)) {
      tell({ kind: "rejected", clientId, strategy, symbol, reason: "the venue has refused it" });
      return;
    }
    taken.add(clientId);
    deliver();
  };
  const send = (order: VenueOrder, deliver: () => void): void => {
    const foreign = [order.order, ...order.order.children].find(({ type }) => !orders.includes(type));
    if (foreign === undefined)
      carry(() => {
        take(order, deliver);
      });
    // It is never sent, and the answer has no way to go.
    else {
      const { clientId, strategy, symbol } = order;
      const reason = `${name} has no ${foreign.type} orders`;
      hear?.({ kind: "rejected", clientId, strategy, symbol, reason });
    }
  };

  return {
    broker: {
      name,
      capabilities: {
        ...{ orders, separates },
        protects: separates && lacks.protects !== false,
        replaces: lacks.replaces !== false,
      },
      connect: (listener) => {
        hear = listener;
        return Promise.resolve();
      },
      submit: (order) => {
        send(order, () => {
          venue.submit(order);
        });
      },
      modify: (request, order) => {
        send(order, () => {
          venue.modify(request, order);
        });
      },
      cancel: (request) => {
        carry(() => {
          venue.cancel(request);
        });
      },
      snapshot: (request) => {
        carry(() => {
          venue.ask(request, timer.now());
        });
      },
      close: () => {
        hear = undefined;
        return Promise.resolve();
      },
    },
    bars: (bars) => {
      venue.bars(bars);
    },
    cut: breakOff,
    mend,
  };
}

import type { Instrument } from "@bitfever/engine";
import type { Broker } from "../contract.js";

/** A broker with a venue that can be driven: the real one's simulator, a fake server, a recording. */
export interface BrokerTrial {
  /** New, and not connected. */
  readonly broker: Broker;
  readonly instrument: Instrument;
  readonly strategy: string;
  /** The price that the market stands at, in steps; nothing is held and nothing rests. */
  readonly price: number;
  /** How far from it orders are placed, in steps: up to three times as far. */
  readonly distance: number;
  /** Of an order, in lots; two or more. */
  readonly quantity: number;
  /** Of a venue where coins or shares are held, and nobody owes any. */
  readonly holdsNoShorts?: true;
  /** Resolves when all that is on its way has arrived, and has been answered. */
  readonly settle: () => Promise<void>;
  /** Lets the market trade at a price, in steps, and settles. */
  readonly trade: (price: number) => Promise<void>;
  /** Breaks the connection; the market goes on. */
  readonly cut: () => Promise<void> | void;
  readonly mend: () => Promise<void> | void;
}

import type { Instruments, Settings } from "@bitfever/engine";
import type { BrokerCapabilities, GateRule } from "@bitfever/runtime";

/**
 * All that an account is made of, as plain data: the first record of its journal, so that anybody who has the journal can
 * make the account again and tell it what it heard.
 */
export interface AccountSetup {
  readonly schema: "bitfever/account-setup@1";
  readonly account: string;
  /** Whether its orders are meant in earnest. */
  readonly kind: "paper" | "live";
  /** Where its orders go: `simulated`, in the same process, or a venue by its name, such as `binance futures`. */
  readonly venue: string;
  /** What that does by itself, and the desk therefore does not; left out of a simulated venue, which can do all. */
  readonly abilities?: VenueAbilities;
  /** Of the BitFever that began it. */
  readonly version: string;
  readonly settings: Settings;
  readonly instruments: Instruments;
  readonly gates: readonly GateRule[];
  readonly programs: readonly ProgramText[];
  readonly seats: readonly SeatSetup[];
  /** Where strategies are switched by their equity, or capital moves between them; left out, neither is so. */
  readonly portfolio?: PortfolioSetup;
  /** Packages with gates or indicators of their own: who tells it again needs them. Left out, there are none. */
  readonly plugins?: readonly PluginName[];
}

export interface PluginName {
  readonly name: string;
  readonly version: string;
}

/** Of what a venue says it can do, what a desk is made with. */
export type VenueAbilities = Pick<
  BrokerCapabilities,
  "separates" | "protects" | "replaces" | "binds" | "bySymbol"
>;

/** As a file of `bf portfolio` says it. */
export interface PortfolioSetup {
  readonly whenOff: "close" | "run";
  readonly reallocate: "monthly" | "never";
}

/** A filter over the equity of a strategy, with a value for each of its parameters. */
export interface FilterSetup {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
}

/** A program with the files that it imports. */
export interface ProgramText {
  readonly name: string;
  readonly text: string;
  readonly imports: readonly ImportedText[];
}

export interface ImportedText {
  /** Which file asked for it, and how. */
  readonly from: string;
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** A strategy on a symbol. Those of a universe are next to one another. */
export interface SeatSetup {
  readonly strategy: string;
  /** By its place among the programs. */
  readonly program: number;
  /** Parameters that are not left at their defaults, as numbers of the plan. */
  readonly params: Readonly<Record<string, number>>;
  readonly symbol: string;
  /** Of the bars that come, in milliseconds; 0 where nobody knows. */
  readonly intervalMs: number;
  /** Of the capital of the account, above 0 up to 1; of a universe that of all members together. */
  readonly share: number;
  readonly sector: string | null;
  /** Intervals of the other markets that it reads, in the order of its program. */
  readonly reads: readonly { readonly symbol: string; readonly intervalMs: number }[];
  /** What is other for it than the settings of all say. */
  readonly settings?: Partial<Settings>;
  /** What holds it or leaves it; left out, it is always held. */
  readonly filter?: FilterSetup;
}

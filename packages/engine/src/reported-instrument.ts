import {
  carryModels,
  commissionModels,
  slippageModels,
  type CostModel,
  type CostModels,
} from "@bitfever/lang";
import { costText } from "./cost-text.js";
import {
  settingsOf,
  termsOf,
  type InstrumentChange,
  type InstrumentKind,
  type Instruments,
} from "./instrument-terms.js";
import { costsFor, type Settings } from "./settings.js";
import type { Settlement } from "./settlement.js";

/** What an instrument was in a run: what is said of it, and for the rest what holds for all. */
export interface ReportedInstrument {
  readonly kind?: InstrumentKind;
  readonly tick: number | null;
  readonly lot: number | null;
  readonly multiplier: number;
  /** Null where nobody says one. */
  readonly currency: string | null;
  readonly settles: Settlement;
  /** Null where none is said of it. */
  readonly calendar: string | null;
  readonly changes?: readonly InstrumentChange[];
  /** As settings say them, where they are its own. */
  readonly commission?: number | string;
  readonly slippage?: number | string;
  readonly carry?: number | string;
}

const free = { commissions: [], slippages: [], carries: [] };

/** By symbol; undefined where nothing is said of any, nor of a currency. */
export function reportedInstruments(
  symbols: readonly string[],
  instruments: Instruments,
  settings: Settings,
): Readonly<Record<string, ReportedInstrument>> | undefined {
  if (Object.keys(instruments).length === 0 && settings.currency === null) return undefined;
  return Object.fromEntries(symbols.map((symbol) => [symbol, reported(symbol, instruments, settings)]));
}

function reported(symbol: string, instruments: Instruments, settings: Settings): ReportedInstrument {
  const terms = termsOf(symbol, instruments);
  const { tick, lot, multiplier } = settingsOf(settings, terms);
  const { commission = null, slippage = null, carry = null } = terms;
  const costs = costsFor(free, { commission, slippage, carry });
  const text = (
    name: "commission" | "slippage" | "carry",
    given: readonly CostModel[],
    models: CostModels,
  ) => (terms[name] === undefined || terms[name] === null ? {} : { [name]: costText(given, models) });
  return {
    ...(terms.kind && { kind: terms.kind }),
    ...{ tick, lot, multiplier },
    currency: terms.currency ?? settings.currency,
    settles: terms.settles ?? "value",
    calendar: terms.calendar ?? null,
    ...(terms.changes && { changes: terms.changes }),
    ...text("commission", costs.commissions, commissionModels),
    ...text("slippage", costs.slippages, slippageModels),
    ...text("carry", costs.carries, carryModels),
  };
}

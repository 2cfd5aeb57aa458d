import type { Seat } from "../desk/seat.js";

/** An entry and what became of it, all its parts together; quantities and money in steps. */
export interface EntryOutcome {
  readonly orderId: string;
  readonly quantity: number;
  /** What going in counts for: what was paid, with its sign. */
  readonly entered: number;
  readonly commission: number;
  readonly profit: number;
  readonly exits: readonly { readonly tag: string; readonly reason: string }[];
  readonly isOpen: boolean;
}

/** What a strategy's ledger has of each entry, by its order, marked at a price. */
export function entriesOf(
  { member: { session, instrument } }: Seat,
  lastPrice: number,
): ReadonlyMap<string, EntryOutcome> {
  const { roundTrips, lots } = session.snapshot().ledger;
  const all = new Map<string, EntryOutcome>();
  const add = (orderId: string, part: Omit<EntryOutcome, "orderId">): void => {
    const known = all.get(orderId) ?? { orderId, ...nothingYet };
    all.set(orderId, {
      orderId,
      quantity: known.quantity + part.quantity,
      entered: instrument.sum(known.entered, part.entered),
      commission: instrument.sum(known.commission, part.commission),
      profit: instrument.sum(known.profit, part.profit),
      exits: [...known.exits, ...part.exits],
      isOpen: known.isOpen || part.isOpen,
    });
  };
  const paid = ({ side, value }: { readonly side: string; readonly value: number }): number =>
    side === "long" ? -value : value;
  for (const { lot, commission, profit, exitTag: tag, exitReason: reason } of roundTrips)
    add(lot.entry, {
      ...{ quantity: lot.quantity, entered: paid(lot), commission, profit },
      ...{ exits: [{ tag, reason }], isOpen: false },
    });
  const open = session.trades(lastPrice).slice(roundTrips.length);
  for (const [i, lot] of lots.entries())
    add(lot.entry, {
      ...{ quantity: lot.quantity, entered: paid(lot), commission: lot.commission },
      ...{ profit: instrument.money(open[i].profit), exits: [], isOpen: true },
    });
  return all;
}

const nothingYet = { quantity: 0, entered: 0, commission: 0, profit: 0, exits: [], isOpen: false };

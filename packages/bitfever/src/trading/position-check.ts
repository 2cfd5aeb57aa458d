import type { Instrument, ListedPosition } from "@bitfever/engine";
import { positionDifferences } from "@bitfever/runtime";
import type { ReadAccount } from "./read-account.js";

/** A symbol of which a venue holds something else than the strategies of an account together; in units. */
export interface UnitDifference {
  readonly symbol: string;
  readonly ours: number;
  readonly theirs: number;
}

/** Compares what an account holds with what a venue says; what an operator has accepted counts as known. */
export function differencesWith(
  { made, positions, accepted }: Pick<ReadAccount, "made" | "positions" | "accepted">,
  venue: readonly ListedPosition[],
): readonly UnitDifference[] {
  const instruments = new Map(made.seats.map(({ member: { symbol, instrument } }) => [symbol, instrument]));
  const lots = new Map<string, number>();
  for (const { symbol, quantity } of positions) lots.set(symbol, (lots.get(symbol) ?? 0) + quantity);
  const own = [...lots].map(([symbol, quantity]) => ({
    ...{ strategy: "", symbol },
    quantity: unitsOf(instruments.get(symbol), quantity + (accepted[symbol] ?? 0)),
  }));
  return positionDifferences(own, venue, {}, false).flatMap((each) => {
    if (each.kind !== "position") return [];
    const { symbol, ours, theirs } = each;
    // Without lots a sum of what was traded carries noise.
    const scale = Math.max(Math.abs(ours), Math.abs(theirs));
    const isSame = instruments.get(symbol)?.isSameQuantity(ours, theirs, scale) ?? false;
    return isSame ? [] : [{ symbol, ours, theirs }];
  });
}

const unitsOf = (instrument: Instrument | undefined, lots: number): number =>
  instrument?.quantityDecimal(lots) ?? lots;

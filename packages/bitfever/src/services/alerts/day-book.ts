import { dayMs, zoneOf } from "@bitfever/engine";
import type { JournalStore } from "@bitfever/runtime";

/** What is counted from day to day, and what outlives a restart of it. Plain data. */
export interface DayBook {
  /** Days since 1970 by the clocks of the zone. */
  day: number;
  /** With what the day began; money. */
  equity: number;
  capital: number;
  /** Shares of losses that were told. */
  toldLosses: number[];
  isSummed: boolean;
  orders: number;
  fills: number;
  refused: number;
  rejected: number;
  /** Whether the run has not ended, or not by itself. */
  isRunning: boolean;
}

const file = "day.json";

/** The day as it was kept; null where none was, or nobody can read it. */
export function readDay(store: JournalStore | null): DayBook | null {
  if (store?.list().includes(file) !== true) return null;
  try {
    const found = JSON.parse(
      new TextDecoder().decode(store.read(file, 0, store.size(file))),
    ) as Partial<DayBook> | null;
    return typeof found?.day === "number" && Array.isArray(found.toldLosses) ? (found as DayBook) : null;
  } catch {
    // It was written whole: somebody else has been at it, and a day is soon over.
    return null;
  }
}

export function keepDay(store: JournalStore | null, book: DayBook): void {
  store?.writeWhole(file, Buffer.from(JSON.stringify(book)));
}

export const beginDay = (day: number, { equity, capital }: Pick<DayBook, "equity" | "capital">): DayBook => ({
  ...{ day, equity, capital, toldLosses: [], isSummed: false },
  ...{ orders: 0, fills: 0, refused: 0, rejected: 0, isRunning: true },
});

/** The day of an instant, and how far it is gone in milliseconds, by the clocks of a zone. */
export function dayOf(zone: string, now: number): { readonly day: number; readonly clock: number } {
  const local = now + zoneOf(zone).offset(now);
  const day = Math.floor(local / dayMs);
  return { day, clock: local - day * dayMs };
}

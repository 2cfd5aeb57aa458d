import type { CancelRequest, VenueSnapshot } from "../contract.js";

/** What a strategy believes to hold, in signed lots. */
export interface OwnPosition {
  readonly strategy: string;
  readonly symbol: string;
  readonly quantity: number;
}

/** Something that this side and the venue see differently. */
export type Difference =
  | {
      readonly kind: "position";
      /** Null where the venue keeps one position for all. */
      readonly strategy: string | null;
      readonly symbol: string;
      readonly ours: number;
      readonly theirs: number;
    }
  /** An order rests at the venue that nobody here has sent. */
  | { readonly kind: "stranger"; readonly order: CancelRequest }
  /** A trade closes more than is held, and what it rests on does not come. */
  | {
      readonly kind: "early_trade";
      readonly tradeId: string;
      readonly strategy: string;
      readonly symbol: string;
    }
  /** The venue traded for an order that nobody here has sent. */
  | { readonly kind: "strange_trade"; readonly tradeId: string; readonly symbol: string };

/**
 * What is done about a difference that stays: all is halted until somebody resumes, only exits go on until somebody resumes, or
 * it is told and entries wait as long as it is there.
 */
export type DifferencePolicy = "halt" | "reduce" | "tell";

/** What the venue holds and nobody here answers for: taken note of by an operator, in signed lots. */
export type Accepted = Readonly<Record<string, number>>;

/**
 * Compares positions, symbol by symbol, and strategy by strategy where the venue keeps them apart. Pure: it corrects
 * nothing.
 *
 * @param separates  the venue keeps positions of strategies apart
 * @param accepted  by symbol, what of the venue's position is known to be somebody else's
 */
export function positionDifferences(
  own: readonly OwnPosition[],
  venue: VenueSnapshot["positions"],
  accepted: Accepted,
  separates: boolean,
): readonly Difference[] {
  const byKey = new Map<string, { strategy: string | null; symbol: string; ours: number; theirs: number }>();
  const at = (strategy: string | null, symbol: string) => {
    const key = strategy === null ? symbol : `${symbol}\n${strategy}`;
    const found = byKey.get(key) ?? { strategy, symbol, ours: 0, theirs: 0 };
    byKey.set(key, found);
    return found;
  };
  for (const { strategy, symbol, quantity } of own) at(separates ? strategy : null, symbol).ours += quantity;
  for (const { strategy = null, symbol, quantity } of venue) at(strategy, symbol).theirs += quantity;
  return [...byKey.values()].flatMap(({ strategy, symbol, ours, theirs }) => {
    const known = strategy === null ? (accepted[symbol] ?? 0) : 0;
    return ours + known === theirs ? [] : [{ kind: "position", strategy, symbol, ours, theirs } as const];
  });
}

/** In words, for who has to decide. */
export function differenceText(difference: Difference): string {
  switch (difference.kind) {
    case "position": {
      const { strategy, symbol, ours, theirs } = difference;
      return `${symbol}${strategy === null ? "" : ` of ${strategy}`}: the venue holds ${theirs} lots, our strategies ${ours}`;
    }
    case "stranger":
      return `${difference.order.symbol}: order ${difference.order.clientId} rests at the venue and nobody here has sent it`;
    case "early_trade":
      return `${difference.symbol} of ${difference.strategy}: trade ${difference.tradeId} closes more than is held`;
    case "strange_trade":
      return `${difference.symbol}: trade ${difference.tradeId} is of an order that nobody here has sent`;
  }
}

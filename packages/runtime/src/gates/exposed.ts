import type { Holding, OrderProposal, Question } from "./gate.js";

/** Units that would be held on the side of an order if it and every entry on that side filled. */
export function unitsOnSide(holding: Holding, side: OrderProposal["side"]): number {
  return side === "buy" ? holding.long + holding.entering.buy : holding.short + holding.entering.sell;
}

/**
 * What an order adds to the entries there are of its strategy in its symbol: of one that it replaces and itself only the
 * larger can fill. No more is taken off than is counted there.
 */
export function added(
  { quantity, side, isReplacement, replacedQuantity }: OrderProposal,
  own: Holding,
): number {
  return isReplacement ? Math.max(0, quantity - Math.min(replacedQuantity, own.entering[side])) : quantity;
}

export const isOf = (proposal: OrderProposal, holding: Holding): boolean =>
  holding.symbol === proposal.symbol && holding.strategy === proposal.strategy;

/**
 * Decimal money that everything in a scope is worth at the last prices, without signs, if an order and all entries filled
 * that can; NaN where a price is missing.
 */
export function worthWith({ proposal, holdings }: Question): number {
  let sum = 0;
  let isMet = false;
  for (const holding of holdings) {
    const isOwn = isOf(proposal, holding);
    isMet ||= isOwn;
    let long = holding.long + holding.entering.buy;
    let short = holding.short + holding.entering.sell;
    if (isOwn && proposal.side === "buy") long += added(proposal, holding);
    if (isOwn && proposal.side === "sell") short += added(proposal, holding);
    // Without hedging an entry on the other side closes first: never are both held.
    const units = holding.hedges === true ? long + short : Math.max(long, short);
    if (units > 0) sum += Math.abs(units * holding.lastPrice * holding.unitWorth);
    else if (Number.isNaN(units)) sum = NaN;
  }
  const { quantity, lastPrice, unitWorth } = proposal;
  return isMet ? sum : sum + Math.abs(quantity * lastPrice * unitWorth);
}

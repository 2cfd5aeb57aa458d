import type { Holding, OrderProposal, Question } from "./gate.js";

/** Units that would be held on the side of an order if it and every entry on that side filled. */
export function unitsOnSide(holding: Holding, side: OrderProposal["side"]): number {
  return side === "buy" ? holding.long + holding.entering.buy : holding.short + holding.entering.sell;
}

/** What an order adds to the entries there are: of one that it replaces and itself only the larger can fill. */
export const added = ({ quantity, replacedQuantity }: OrderProposal): number =>
  Math.max(0, quantity - replacedQuantity);

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
    if (isOwn && proposal.side === "buy") long += added(proposal);
    if (isOwn && proposal.side === "sell") short += added(proposal);
    // Without hedging an entry on the other side closes first: never are both held.
    const units = holding.hedges === true ? long + short : Math.max(long, short);
    if (units > 0) sum += Math.abs(units * holding.lastPrice * holding.unitWorth);
    else if (Number.isNaN(units)) sum = NaN;
  }
  if (!isMet) sum += Math.abs(added(proposal) * proposal.lastPrice * proposal.unitWorth);
  return sum;
}

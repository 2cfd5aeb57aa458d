import type { Instrument } from "@bitfever/engine";
import type { VenueOrder, VenueReport, VenueTrade } from "../contract.js";
import { clientIdOf } from "../desk/client-id.js";
import { textOf } from "../journal/values.js";

/**
 * What is wrong with what a broker has reported, a sentence each; none for one that is as it has to be.
 *
 * Quantities and prices are whole steps of the instrument, a trade is the same however often it is told, all trades of an order are on its
 * side and come to no more than it asked for, and nothing is said of orders that nobody sent.
 *
 * @param sent  what was submitted or put in the place of another
 * @param separates  positions of strategies are kept apart; else no order trades more than its quantity, whatever it is for
 */
export function brokerFaults(
  reports: Iterable<VenueReport>,
  sent: readonly VenueOrder[],
  instrument: Instrument,
  separates = true,
): string[] {
  const faults = new Set<string>();
  const known = knownOrders(sent);
  const trades = new Map<string, VenueTrade>();
  const traded = new Map<string, number>();

  const checkSteps = (what: string, values: readonly number[]): void => {
    for (const value of values)
      if (!(instrument.isAsGiven ? Number.isFinite(value) : Number.isInteger(value)))
        faults.add(`${what} is ${value}, which is no whole number of the instrument's steps`);
  };
  const hearTrade = (trade: VenueTrade): void => {
    const { tradeId, clientId, price, quantity, side, commission, time } = trade;
    const name = `trade ${tradeId}`;
    checkSteps(`the price of ${name}`, [price]);
    checkSteps(`the quantity of ${name}`, [quantity]);
    if (!(quantity > 0)) faults.add(`the quantity of ${name} is ${quantity}`);
    if (!Number.isFinite(commission)) faults.add(`the commission of ${name} is ${commission}`);
    if (!Number.isFinite(time)) faults.add(`the time of ${name} is ${time}`);
    const before = trades.get(tradeId);
    if (before !== undefined) {
      if (textOf(before) !== textOf(trade)) faults.add(`${name} is another one when it is told again`);
      return;
    }
    trades.set(tradeId, trade);
    const order = known.get(clientId);
    if (order === undefined) {
      if (trade.ofVenue === undefined) faults.add(`${name} is of order ${clientId}, which nobody has sent`);
      return;
    }
    if (side !== order.side) faults.add(`${name} is on the other side than its order`);
    if (separates && !isBounded(order, trade)) return;
    const sum = (traded.get(clientId) ?? 0) + quantity;
    traded.set(clientId, sum);
    if (sum > order.quantity)
      faults.add(`${sum} lots of order ${clientId} were traded, and ${order.quantity} asked for`);
  };

  for (const report of reports) {
    switch (report.kind) {
      case "trade":
        hearTrade(report.trade);
        break;
      case "snapshot":
        report.trades.forEach(hearTrade);
        for (const { symbol, quantity } of report.positions)
          checkSteps(`the position in ${symbol}`, [quantity]);
        for (const { clientId, left } of report.openOrders) checkSteps(`what is left of ${clientId}`, [left]);
        break;
      case "accepted":
      case "placed":
      case "cancelled":
      case "rejected":
      case "reduced":
        if (!known.has(report.clientId))
          faults.add(`${report.kind} is told of order ${report.clientId}, which nobody has sent`);
        break;
      case "cash":
      case "split":
      case "connected":
      case "disconnected":
        break;
    }
  }
  return [...faults];
}

/** An entry closes first what there is on the other side; an exit that is not partial closes all that there is. */
const isBounded = ({ purpose, isPartial }: VenueOrder["order"], { effect }: VenueTrade): boolean =>
  purpose === "enter" ? effect !== "close" : purpose !== "exit" || isPartial === true;

/** What was sent, and what came with it. */
function knownOrders(sent: readonly VenueOrder[]): ReadonlyMap<string, VenueOrder["order"]> {
  return new Map(
    sent.flatMap(({ clientId, strategy, symbol, order }) => [
      [clientId, order],
      ...order.children.map((child) => [clientIdOf(strategy, symbol, child.id), child] as const),
    ]),
  );
}

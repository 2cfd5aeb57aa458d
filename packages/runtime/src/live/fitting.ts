import { BitFeverError } from "@bitfever/lang";
import type { Broker } from "../contract.js";
import type { Desk } from "../desk/desk.js";
import { bindsIn, replacesIn } from "../desk/desk-venue.js";

/**
 * Whether a desk can work at a venue, before anything is sent there.
 *
 * @throws BitFeverError BF5193 for programs that need types of orders which the venue has not, BF5177 for those of which
 *   two orders wait to close the same where only one can, BF5194 for a desk that leaves to
 *   the venue what that cannot do
 */
export function checkFitting({ members, venue }: Desk, { name, capabilities }: Broker): void {
  for (const { strategy, symbol, orders, waitsTwice } of members) {
    const there = capabilities.bySymbol?.[symbol] ?? { name, orders: capabilities.orders };
    const missing = orders.filter((each) => !there.orders.includes(each));
    if (missing.length > 0)
      throw new BitFeverError(
        "BF5193",
        `${strategy} on ${symbol} may send ${missing.join(" and ")} orders, and ${there.name} has none`,
        { hint: remedyFor(missing) },
      );
    if (waitsTwice && bindsIn(capabilities, symbol))
      throw new BitFeverError(
        "BF5177",
        `${strategy} on ${symbol} has a stop and a target, or an exit at a price, for what it holds, and at ${there.name} only one order can wait to close the same`,
        {
          hint: "keep the stop, and leave at the next open instead: `exit long when close >= position_price * 1.03`; or trade it as a perpetual",
        },
      );
  }
  const { protects, separates } = capabilities;
  const isReplacedThere = members.every(
    ({ symbol }) => !replacesIn(venue, symbol) || replacesIn(capabilities, symbol),
  );
  const trusted = [
    ...(venue.protects && !protects ? ["hold stops and targets with an entry"] : []),
    ...(!isReplacedThere ? ["put one order in the place of another"] : []),
    ...(venue.separates && !separates ? ["keep positions of strategies apart"] : []),
  ];
  if (trusted.length > 0)
    throw new BitFeverError(
      "BF5194",
      `the desk leaves it to ${name} to ${trusted.join(" and to ")}, which it does not`,
      {
        hint: "make the desk with what the broker says of itself: new Desk({ ...broker.capabilities, members, gates })",
      },
    );
  if (!venue.separates && separates)
    throw new BitFeverError(
      "BF5194",
      `the desk takes positions at ${name} to be those of all strategies, and they are kept apart there`,
      {
        hint: "make the desk with what the broker says of itself: new Desk({ ...broker.capabilities, members, gates })",
      },
    );
}

/** Nothing is watched here in place of the venue: a stop that goes with this process is none. */
function remedyFor(missing: readonly string[]): string {
  return missing.some((each) => each.includes("stop"))
    ? "trade it at a venue that has them, or write it without stops: one that is only watched here would go with the process"
    : "trade it at a venue that has them, or write it with other orders";
}

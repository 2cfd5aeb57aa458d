import type { BrokerCapabilities } from "../contract.js";
import type { Member } from "./member.js";

/** What of the venue a desk goes by; what is left out, it does. */
export interface DeskVenue extends Omit<BrokerCapabilities, "orders"> {
  /** What is done about a position that no rule has asked for: closed at the market at once, or left for an operator while all is halted. */
  readonly strays: StrayPolicy;
}

export type StrayPolicy = "close" | "halt";

/** Whether the venue of a symbol puts one order in the place of another. */
export const replacesIn = (
  { replaces, bySymbol }: Pick<BrokerCapabilities, "replaces" | "bySymbol">,
  symbol: string,
): boolean => bySymbol?.[symbol]?.replaces ?? replaces;

/** Whether at the venue of a symbol only one order can wait to close the same. */
export const bindsIn = (
  { binds, bySymbol }: Pick<BrokerCapabilities, "binds" | "bySymbol">,
  symbol: string,
): boolean => (bySymbol?.[symbol] === undefined ? binds : bySymbol[symbol].binds) === true;

/** Whether the venue holds what belongs to an entry with it: where positions are not kept apart it cannot know when they go. */
export const holdsChildren = ({ protects, separates }: DeskVenue): boolean => protects && separates;

/** Whether all that a strategy has in its symbol is what the venue has for it: then the venue can see to it that exits open nothing. */
export const mayOnlyReduce = (members: readonly Member[], place: number, { separates }: DeskVenue): boolean =>
  separates ||
  (!members[place].hedges &&
    members.every((each, other) => other === place || each.symbol !== members[place].symbol));

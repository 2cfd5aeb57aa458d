import type { Plan, PlannedEnter, PlannedExit } from "@bitfever/lang";
import type { OrderTypeName, TradeSide } from "@bitfever/engine";

/** The types of orders that a program may send: at the market always, since what is held may have to go. */
export function orderTypesOf({ rules }: Plan): readonly OrderTypeName[] {
  const types = new Set<OrderTypeName>(["market"]);
  for (const rule of rules) {
    if (rule.kind === "cancel") continue;
    types.add(typeOfForm(rule));
    if (rule.kind === "enter") for (const each of typesOfProtection(rule)) types.add(each);
  }
  return [...types];
}

/**
 * Whether two orders of a program may wait at the same time to close the same: its stop and a target, or an exit at a price beside
 * either. What closes at the next open does not wait.
 */
export function waitsTwice({ rules }: Plan): boolean {
  const waiting = (side: TradeSide): number => {
    const entries = rules.filter((rule) => rule.kind === "enter").filter((each) => each.side === side);
    const exits = rules.filter((rule) => rule.kind === "exit").filter((each) => (each.side ?? side) === side);
    return [
      entries.some(({ stop, trail }) => stop !== null || trail !== null),
      entries.some(({ targets }) => targets.length > 0),
      ...exits.map((each) => typeOfForm(each) !== "market"),
    ].filter((waits) => waits).length;
  };
  return waiting("long") > 1 || waiting("short") > 1;
}

const typeOfForm = ({ form }: PlannedEnter | PlannedExit): OrderTypeName =>
  form.kind === "market" && form.at === "close" ? "market_on_close" : form.kind;

function typesOfProtection({ stop, trail, targets }: PlannedEnter): readonly OrderTypeName[] {
  const types: OrderTypeName[] = targets.length > 0 ? ["limit"] : [];
  if (stop !== null) types.push(stop.limit === null ? "stop" : "stop_limit");
  if (trail !== null) types.push(trail.on === "path" ? "trailing_stop" : "stop");
  return types;
}

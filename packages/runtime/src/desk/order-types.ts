import type { Plan, PlannedEnter, PlannedExit } from "@bitfever/lang";
import type { OrderTypeName } from "@bitfever/engine";

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

const typeOfForm = ({ form }: PlannedEnter | PlannedExit): OrderTypeName =>
  form.kind === "market" && form.at === "close" ? "market_on_close" : form.kind;

function typesOfProtection({ stop, trail, targets }: PlannedEnter): readonly OrderTypeName[] {
  const types: OrderTypeName[] = targets.length > 0 ? ["limit"] : [];
  if (stop !== null) types.push(stop.limit === null ? "stop" : "stop_limit");
  if (trail !== null) types.push(trail.on === "path" ? "trailing_stop" : "stop");
  return types;
}

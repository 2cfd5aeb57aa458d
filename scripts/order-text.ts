import { targetsOf, type Sent } from "../test/conformance/fill-table.js";

/* An order of the tables of fills in the words of the language. */

export const percent = (share: number): string => `${Number((share * 100).toPrecision(12))}%`;

/** How it meets the market, with a blank before it; nothing for a market order. */
export function formText({ type = "market", price = NaN, limit = NaN, post_only: isPostOnly }: Sent): string {
  switch (type) {
    case "limit":
      return ` at limit ${price}${isPostOnly === true ? " post_only" : ""}`;
    case "stop":
      return ` at stop ${price}`;
    case "stop_limit":
      return ` at stop ${price} limit ${limit}`;
    case "market_if_touched":
      return ` at touched ${price}`;
    case "limit_if_touched":
      return ` at touched ${price} limit ${limit}`;
    case "market_on_close":
      return " at close";
    default:
      return "";
  }
}

/** What protects it, how long it rests, and with which others; `momentOf` says when a bar opens. */
export function clauseTexts(sent: Sent, momentOf: (bar: number) => string): string[] {
  const { stop, trail, good, pyramid, oco } = sent;
  const start = trail?.after === undefined ? "" : ` after ${trail.after} R`;
  return [
    ...(stop === undefined
      ? []
      : [`stop at ${typeof stop === "object" ? `${stop.at} limit ${stop.limit}` : stop}`]),
    ...targetsOf(sent).map(
      ({ at, take }) => `target at ${at}${take === undefined ? "" : ` take ${percent(take)}`}`,
    ),
    ...(trail === undefined ? [] : [`trail by ${trail.by}${start} within bar`]),
    ...(good === undefined ? [] : [goodText(good, momentOf)]),
    ...(pyramid === undefined ? [] : [`pyramid ${pyramid}`]),
    ...(oco === undefined ? [] : [`oco ${JSON.stringify(oco)}`]),
  ];
}

function goodText(good: NonNullable<Sent["good"]>, momentOf: (bar: number) => string): string {
  if (typeof good === "string") return good === "day" ? "good for day" : `good ${good}`;
  return "bars" in good ? `good for ${good.bars} bars` : `good till ${momentOf(good.till_bar)}`;
}

export const blockText = (clauses: readonly string[]): string =>
  clauses.length > 0 ? ` { ${clauses.join(" ")} }` : "";

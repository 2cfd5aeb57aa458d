/**
 * What clients ask, field by field, as it is written for the one version of the protocol that the server talks: the newest
 * in which all of it is text, and the newest that the client library knows.
 */
export const serverVersion = 193;

const contract = [
  ...["contractId", "symbol", "secType", "lastTradeDate", "strike", "right", "multiplier"],
  ...["exchange", "primaryExchange", "currency", "localSymbol", "tradingClass"],
] as const;

/** Of an order without legs, scales, hedges and algorithms: with any of them, more fields come in between. */
const order = [
  ...["orderId", ...contract, "secIdType", "secId", "action", "quantity", "orderType", "limitPrice"],
  ...["auxPrice", "timeInForce", "ocaGroup", "account", "openClose", "origin", "orderRef", "transmit"],
  ...["parentId", "blockOrder", "sweepToFill", "displaySize", "triggerMethod", "outsideRegularHours"],
  ...["hidden", "sharesAllocation", "discretionaryAmount", "goodAfterTime", "goodTillDate", "faGroup"],
  ...["faMethod", "faPercentage", "modelCode", "shortSaleSlot", "designatedLocation", "exemptCode"],
  ...["ocaType", "rule80A", "settlingFirm", "allOrNone", "minimumQuantity", "percentOffset", "eTradeOnly"],
  ...["firmQuoteOnly", "nbboPriceCap", "auctionStrategy", "startingPrice", "stockPrice", "delta"],
  ...["stockRangeLower", "stockRangeUpper", "overridesConstraints", "volatility", "volatilityType"],
  ...["deltaNeutralOrderType", "deltaNeutralAuxPrice", "continuousUpdate", "referencePriceType"],
  ...["trailStopPrice", "trailingPercent", "scaleInitialSize", "scaleLaterSize", "scalePriceIncrement"],
  ...["scaleTable", "activeStartTime", "activeStopTime", "hedgeType", "optOutSmartRouting"],
  ...["clearingAccount", "clearingIntent", "notHeld", "deltaNeutralContract", "algoStrategy", "algoId"],
  "whatIf",
] as const;

const layouts = {
  place: { number: 3, fields: order },
  cancel: { number: 4, fields: ["orderId"] },
  open_orders: { number: 5, fields: ["version"] },
  executions: {
    number: 7,
    fields: ["version", "id", "clientId", "account", "time", "symbol", "secType", "exchange", "side"],
  },
  ids: { number: 8, fields: ["version", "count"] },
  contract: { number: 9, fields: ["version", "id", ...contract, "includesExpired"] },
  all_open_orders: { number: 16, fields: ["version"] },
  accounts: { number: 17, fields: ["version"] },
  history: {
    number: 20,
    fields: [
      ...["id", ...contract, "includesExpired", "end", "barSize", "duration", "regularHours"],
      ...["whatToShow", "dateFormat", "isKeptUpToDate", "options"],
    ],
  },
  end_history: { number: 25, fields: ["version", "id"] },
  time: { number: 49, fields: ["version"] },
  positions: { number: 61, fields: ["version"] },
  account_summary: { number: 62, fields: ["version", "id", "group", "tags"] },
  end_account_summary: { number: 63, fields: ["version", "id"] },
  end_positions: { number: 64, fields: ["version"] },
  start: { number: 71, fields: ["version", "clientId", "capabilities"] },
  market_rule: { number: 91, fields: ["ruleId"] },
  ticks: { number: 97, fields: ["id", ...contract, "tickType", "count", "ignoresSize"] },
  end_ticks: { number: 98, fields: ["id"] },
  completed_orders: { number: 99, fields: ["isOfClientsOnly"] },
} as const satisfies Readonly<
  Record<string, { readonly number: number; readonly fields: readonly string[] }>
>;

export type TwsRequestKind = keyof typeof layouts;
/** What a request says, by the names of its fields; text all of it, empty where it says nothing. */
export type Said<Kind extends TwsRequestKind> = Readonly<
  Record<(typeof layouts)[Kind]["fields"][number], string>
>;
export type TwsRequest = {
  [Kind in TwsRequestKind]: { readonly kind: Kind; readonly said: Said<Kind> };
}[TwsRequestKind];

const kinds = new Map(
  Object.entries(layouts).map(([kind, { number, fields }]) => [String(number), { kind, fields }]),
);

/** Undefined for a request that is not offered. */
export function requestOf([number, ...fields]: readonly string[]): TwsRequest | undefined {
  const found = kinds.get(number);
  if (found === undefined) return undefined;
  const said = Object.fromEntries(found.fields.map((name, place) => [name, fields[place] ?? ""]));
  return { kind: found.kind, said } as unknown as TwsRequest;
}

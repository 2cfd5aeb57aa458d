import type { BacktestResult, ReportedInstrument } from "@bitfever/engine";

/** An instrument in a line: `tick 0.25, lot 1, × 50, USD by profit, CME_EQUITY`. */
export function instrumentText({
  kind,
  tick,
  lot,
  multiplier,
  currency,
  settles,
  calendar,
  changes = [],
  ...costs
}: ReportedInstrument): string {
  const own = Object.entries(costs).map(([name, value]) => `${name} ${value}`);
  return [
    ...(kind === undefined ? [] : [kind]),
    ...(tick === null ? [] : [`tick ${tick}`]),
    ...(lot === null ? [] : [`lot ${lot}`]),
    ...(multiplier === 1 ? [] : [`× ${multiplier}`]),
    `${currency === null ? "" : `${currency} `}by ${settles}`,
    ...(calendar === null ? [] : [calendar]),
    ...changes.map(({ from, tick: next, lot: nextLot }) =>
      [
        `from ${from}`,
        ...(next === undefined ? [] : [`tick ${next}`]),
        ...(nextLot === undefined ? [] : [`lot ${nextLot}`]),
      ].join(" "),
    ),
    ...own,
  ].join(", ");
}

/** Which money a run was in: `SAP in EUR, account in USD`; null where there is one and nobody calls it by name. */
export function currencyText({ instruments, settings, data }: BacktestResult): string | null {
  const account = settings["currency"];
  if (instruments === undefined || typeof account !== "string") return null;
  const foreign = Object.values(instruments).flatMap(({ currency }) =>
    currency === null || currency === account ? [] : [currency],
  );
  const others = [...new Set(foreign)].sort();
  if (others.length === 0) return `account in ${account}`;
  const what =
    data.symbols === undefined ? data.symbol : `${foreign.length} of ${data.symbols.length} members`;
  return `${what} in ${others.join(", ")}, account in ${account}`;
}

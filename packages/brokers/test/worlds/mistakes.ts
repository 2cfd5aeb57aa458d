import type { Broker } from "@bitfever/runtime";

/** A mistake that one could make in an adapter; each must be found. */
export type Mistake = "sends again under a new id" | "forgets a trade" | "sends twice";

/** An adapter that makes a mistake. */
export function mistaken(broker: Broker, mistake: Mistake | null): Broker {
  if (mistake === null) return broker;
  const sent = new Map<string, number>();
  let trades = 0;
  const forgotten = new Set<string>();
  const isForgotten = (tradeId: string): boolean => {
    if (++trades % 2 === 0) forgotten.add(tradeId);
    return forgotten.has(tradeId);
  };
  return {
    ...broker,
    submit: (order) => {
      const before = sent.get(order.clientId) ?? 0;
      sent.set(order.clientId, before + 1);
      const under = (clientId: string): typeof order => Object.assign({}, order, { clientId });
      const isNew = mistake !== "sends again under a new id" || before === 0;
      broker.submit(isNew ? order : under(`${order.clientId}x${before}`));
      if (mistake === "sends twice" && sent.size % 4 === 0) broker.submit(under(`${order.clientId}y`));
    },
    connect: (hear, instruments) =>
      broker.connect((report) => {
        if (mistake !== "forgets a trade") hear(report);
        else if (report.kind === "snapshot")
          hear({ ...report, trades: report.trades.filter(({ tradeId }) => !forgotten.has(tradeId)) });
        else if (report.kind !== "trade" || !isForgotten(report.trade.tradeId)) hear(report);
      }, instruments),
  };
}

import type { Decimal } from "decimal.js";
import type { MarketSpecification } from "../exchange/market.js";

/** A share as the server has it, long and short; amounts are decimal strings. */
export interface TwsContract {
  /** Such as AAPL. */
  readonly symbol: string;
  readonly contractId: number;
  readonly longName: string;
  readonly primaryExchange: string;
  readonly currency: string;
  readonly tick: string;
  readonly lot: string;
  /** At which it begins. */
  readonly price: string;
  /** Of what is traded, as shares of its worth. */
  readonly makerRate: string;
  readonly takerRate: string;
  /** From a price on, steps that are wider than the tick; left out, the tick everywhere. */
  readonly priceSteps?: readonly { readonly from: string; readonly step: string }[];
}

const rates = { makerRate: "0.00005", takerRate: "0.00005" };

/** What is traded where nobody says otherwise. */
export const defaultContracts: readonly TwsContract[] = [
  {
    ...{ symbol: "AAPL", contractId: 265_598, longName: "APPLE INC", primaryExchange: "NASDAQ" },
    ...{ currency: "USD", tick: "0.01", lot: "1", price: "200", ...rates },
  },
  {
    ...{ symbol: "SIE", contractId: 14_111, longName: "SIEMENS AG", primaryExchange: "IBIS" },
    ...{ currency: "EUR", tick: "0.01", lot: "1", price: "150", ...rates },
    priceSteps: [
      { from: "0", step: "0.01" },
      { from: "100", step: "0.02" },
      { from: "200", step: "0.05" },
    ],
  },
];

/** A share as the exchange behind the protocol has it: as a contract, which one may be short of. */
export const marketOf = ({
  symbol,
  currency,
  tick,
  lot,
  price,
  makerRate,
  takerRate,
}: TwsContract): MarketSpecification => ({
  ...{ id: symbol, kind: "linear", base: symbol, quote: currency, tick, lot, price, makerRate, takerRate },
  ...{ minimumQuantity: lot, minimumNotional: "0" },
});

/** The number of the rule of prices of a contract. */
export const ruleOf = ({ contractId }: TwsContract): number => contractId % 1_000;

/** The steps of prices, from a price on, lowest first. */
export const stepsOf = ({
  tick,
  priceSteps,
}: TwsContract): readonly { readonly from: string; readonly step: string }[] =>
  priceSteps ?? [{ from: "0", step: tick }];

/** Whether an order may stand there. */
export function isOnStep(contract: TwsContract, price: Decimal): boolean {
  const found = stepsOf(contract).findLast(({ from }) => price.gte(from));
  return price.mod(found?.step ?? contract.tick).isZero();
}

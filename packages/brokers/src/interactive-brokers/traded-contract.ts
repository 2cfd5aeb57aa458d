import { BitFeverError, Instrument } from "@bitfever/runtime";
import type { Contract, ContractDetails, SecType } from "@stoqey/ib";
import { Decimal } from "decimal.js";
import { askContracts, askPriceSteps, type PriceStep } from "./questions.js";
import { TwsRefusal, type TwsConnection } from "./tws-connection.js";
import { word } from "./tws-words.js";

/** What is traded, in the words of the venue; what is left out is that of a share in dollars. */
export interface ContractTerms {
  readonly kind?: "stock" | "future";
  /** Left out, as it is called here. */
  readonly symbol?: string;
  /** Where orders go; `SMART` when left out. */
  readonly exchange?: string;
  /** Where it is listed, where several have the same symbol. */
  readonly primaryExchange?: string;
  readonly currency?: string;
  /** Of a future: its month or its last day, as in 202612 or 20261218. */
  readonly expiry?: string;
  /** Of a future, where several have the same month. */
  readonly tradingClass?: string;
}

/** Something that is traded, with the steps of its orders. */
export interface TradedContract {
  /** As strategies call it. */
  readonly symbol: string;
  readonly contractId: number;
  /** As orders say it. */
  readonly contract: Contract;
  readonly currency: string;
  readonly instrument: Instrument;
  readonly minimumQuantity: number | null;
  /** From a price on, lowest first: wider than the tick of the instrument where the venue says so. */
  readonly steps: readonly PriceStep[];
}

/** Commissions are told with fractions of a cent. */
const moneyDecimals = 6;

const secTypes = { stock: "STK", future: "FUT" } as const;
const noDefinition = 200;

/** @throws BitFeverError BF5311 where the venue has none of that kind, or several */
export async function tradedContract(
  connection: TwsConnection,
  symbol: string,
  terms: ContractTerms,
): Promise<TradedContract> {
  const details = await found(connection, symbol, terms);
  const ruleId = ruleOf(details);
  const steps = ruleId === null ? [] : await askPriceSteps(connection, ruleId);
  return contractOf(symbol, details, steps);
}

/** What the venue says of a contract, as it is traded here. */
export function contractOf(
  symbol: string,
  details: ContractDetails,
  steps: readonly PriceStep[],
): TradedContract {
  const { contract, minTick = 0.01, minSize, sizeIncrement } = details;
  const { conId = 0, secType, exchange = "SMART", currency = "", multiplier } = contract;
  const tick = Math.min(minTick, ...steps.map(({ increment }) => increment));
  // Where prices are told in hundredths of the currency, a point is worth so much less.
  const worth = new Decimal(orOne(multiplier)).div(orOne(details.priceMagnifier));
  return {
    ...{ symbol, contractId: conId, currency },
    contract: { conId, symbol: contract.symbol, secType, exchange, currency } as Contract,
    instrument: new Instrument({
      ...{ symbol, tick, lot: orOne(sizeIncrement), multiplier: worth.toNumber(), moneyDecimals },
    }),
    minimumQuantity: minSize ?? null,
    steps: steps.length === 0 ? [{ lowEdge: 0, increment: tick }] : steps,
  };
}

/** A price on the steps that orders of a contract have there. */
export function onStep(
  { steps }: Pick<TradedContract, "steps">,
  price: Decimal,
  direction: "up" | "down",
): Decimal {
  const found = steps.findLast(({ lowEdge }) => price.gte(lowEdge)) ?? steps[0];
  return price.toNearest(found.increment, direction === "up" ? Decimal.ROUND_CEIL : Decimal.ROUND_FLOOR);
}

async function found(
  connection: TwsConnection,
  symbol: string,
  terms: ContractTerms,
): Promise<ContractDetails> {
  const { kind = "stock", exchange = "SMART", primaryExchange, currency = "USD" } = terms;
  const asked: Contract = {
    ...{ symbol: terms.symbol ?? symbol, secType: word<SecType>(secTypes[kind]), exchange, currency },
    ...(primaryExchange !== undefined && { primaryExch: primaryExchange }),
    ...(terms.expiry !== undefined && { lastTradeDateOrContractMonth: terms.expiry }),
    ...(terms.tradingClass !== undefined && { tradingClass: terms.tradingClass }),
  };
  const all = await askContracts(connection, asked).catch((error: unknown) => {
    if (error instanceof TwsRefusal && error.code === noDefinition) return [];
    throw error;
  });
  const [first, second] = all;
  if (first !== undefined && second === undefined) return first;
  const words = `${kind} ${String(asked.symbol)} at ${exchange} in ${currency}`;
  throw new BitFeverError(
    "BF5311",
    first === undefined
      ? `the venue has no ${words}`
      : `the venue has ${all.length} contracts for ${words}: ${all.map(nameOf).join(", ")}`,
    {
      hint:
        first === undefined
          ? "say in `contracts` where it is traded and in which currency, as the venue does"
          : "say in `contracts` which one: primaryExchange of a share, expiry of a future",
    },
  );
}

/** The venue says 0, or nothing, where there is none. */
const orOne = (value: number | undefined): number => (value === undefined || value === 0 ? 1 : value);

const nameOf = ({ contract }: ContractDetails): string =>
  `${String(contract.localSymbol ?? contract.symbol)} (${String(contract.primaryExch ?? contract.exchange)})`;

/** Of the rules of a contract that of the exchange to which orders go: there is one for each of its exchanges. */
function ruleOf({ contract, validExchanges = "", marketRuleIds = "" }: ContractDetails): number | null {
  const place = validExchanges.split(",").indexOf(contract.exchange ?? "");
  const id = marketRuleIds.split(",")[place];
  return id === undefined || id === "" ? null : Number(id);
}

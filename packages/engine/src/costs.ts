import {
  BitFeverError,
  carryModels,
  commissionModels,
  misfit,
  slippageModels,
  usageOf,
  type CarryModelName,
  type CostModel,
  type CostModels,
} from "@bitfever/lang";
import type { CarryCharge } from "./carry.js";
import { carries } from "./carries/index.generated.js";
import type { Charge, Terms, Traded } from "./commission.js";
import { commissions } from "./commissions/index.generated.js";
import type { Fraction } from "./fraction.js";
import type { Instrument } from "./instrument.js";
import type { Side } from "./order.js";
import type { Print, Slip } from "./slippage.js";
import { slippages } from "./slippages/index.generated.js";

/** What trading costs beyond the price: models whose commissions, and whose slippages, add up. */
export interface Costs {
  readonly commissions: readonly CostModel[];
  readonly slippages: readonly CostModel[];
  readonly carries: readonly CostModel[];
}

export const free: Costs = { commissions: [], slippages: [], carries: [] };

/** Costs on one instrument, checked and ready to be charged. */
export interface Charges {
  readonly instrument: Instrument;
  readonly commissions: readonly { readonly charge: Charge; readonly isOfWholeOrder: boolean }[];
  /** What all of them together are of a value that is money as given, step by step; null where they are more than shares of it. */
  readonly shares: readonly Fraction[] | null;
  readonly slips: readonly Slip[];
  readonly carries: readonly {
    readonly name: CarryModelName;
    readonly charge: CarryCharge;
    readonly isOfAccount: boolean;
  }[];
  /** Whether a commission goes by what the account has traded in the thirty days before. */
  readonly usesTurnover: boolean;
  /** The largest share of a value that all commissions together give back. */
  readonly rebate: number;
}

/** Of an order that has not traded. */
export const untraded: Traded = { value: 0, quantity: 0 };

/** @throws BitFeverError BF5012 for ticks where there is no tick, BF5013 for costs that cannot be */
export function chargesOn(instrument: Instrument, costs: Costs): Charges {
  const charged = costs.commissions.map((given) => {
    const {
      on,
      isOfWholeOrder,
      usesTurnover = false,
      rebate,
      shareOf,
    } = definitionOf("commission", given, commissions);
    const parameters = checked("commission", given, commissionModels);
    return {
      charge: on(instrument, parameters),
      isOfWholeOrder: isOfWholeOrder(parameters),
      share: shareOf?.(parameters),
      usesTurnover,
      rebate: rebate?.(parameters) ?? 0,
    };
  });
  const shares = charged.flatMap(({ share }) => share ?? []);
  return {
    instrument,
    commissions: charged,
    shares: instrument.isAsGiven && shares.length === charged.length ? shares : null,
    slips: costs.slippages.map((given) => {
      const { on } = definitionOf("slippage", given, slippages);
      return on(instrument, checked("slippage", given, slippageModels));
    }),
    carries: costs.carries.map((given) => {
      const { name, on, isOfAccount = false } = definitionOf("cost of holding", given, carries);
      const parameters = checked("cost of holding", given, carryModels);
      return { name, charge: on(instrument, parameters), isOfAccount };
    }),
    usesTurnover: charged.some(({ usesTurnover }) => usesTurnover),
    rebate: charged.reduce((sum, { rebate }) => sum + rebate, 0),
  };
}

function definitionOf<Definition extends { readonly name: string }>(
  what: string,
  { model }: CostModel,
  definitions: readonly Definition[],
): Definition {
  const found = definitions.find(({ name }) => name === model);
  if (found !== undefined) return found;
  throw new BitFeverError("BF5013", `there is no ${what} \`${model}\``, {
    hint: `there are ${definitions.map(({ name }) => name).join(", ")}`,
  });
}

/** The parameters of a model, all of which are what they must be. */
function checked(
  what: string,
  { model, parameters }: CostModel,
  models: CostModels,
): readonly (number | null)[] {
  return models[model].map((each, i) => {
    const value = parameters[i] ?? null;
    if (value === null && each.default === null) return null;
    const rule = value === null ? "given" : misfit(each, value);
    if (rule === null) return value;
    const said = value === null ? "without" : "with";
    const problem = `a ${what} \`${model}\` ${said} ${each.name} ${value ?? ""}`.trimEnd();
    throw new BitFeverError("BF5013", `${problem}: it must be ${rule}`, {
      hint: `write ${usageOf(model, models[model])}`,
    });
  });
}

/**
 * The price after slippage: worse than the market's, rounded to ticks against the trader. Nothing that has a price is
 * sold below zero.
 */
export function slipped({ slips }: Charges, side: Side, print: Print): number {
  const { price } = print;
  let worse = 0;
  for (const slip of slips) worse += slip(print);
  if (side === "buy") return price + worse;
  return price < 0 ? price - worse : Math.max(0, price - worse);
}

/** Shares of a value together, one by one. */
export function sharesOf(value: number, shares: readonly Fraction[]): number {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) sum += (value * shares[i].numerator) / shares[i].denominator;
  return sum;
}

/**
 * The commission on a fill, in steps of money. `before` is what of the same order has traded already: a least and a
 * flat fee are paid once.
 */
export function commissionOn(
  { instrument, commissions, shares }: Charges,
  { value, quantity }: Traded,
  before: Traded,
  terms: Terms,
): number {
  if (shares !== null) return sharesOf(value, shares);
  let sum = 0;
  // With an index: it is asked several times for every order.
  for (let i = 0; i < commissions.length; i++) {
    const { charge, isOfWholeOrder } = commissions[i];
    if (!isOfWholeOrder || before.quantity === 0) sum = instrument.sum(sum, charge(value, quantity, terms));
    else {
      const together = charge(before.value + value, before.quantity + quantity, terms);
      sum = instrument.sum(sum, together - charge(before.value, before.quantity, terms));
    }
  }
  return sum;
}

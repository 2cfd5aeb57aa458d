import { free, type Costs } from "../../src/costs.js";
import { costsFor, type SimpleSlippage } from "../../src/settings.js";

/** Costs as most tests want them: a share of the value, and ticks or a share of the price. */
export interface SimpleCosts {
  readonly commission: number;
  readonly slippage: SimpleSlippage;
}

export const costsOf = ({ commission = 0, slippage }: Partial<SimpleCosts>): Costs =>
  costsFor(free, { commission, slippage: slippage ?? null, carry: null });

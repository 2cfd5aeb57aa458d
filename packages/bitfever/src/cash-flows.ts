import type { BacktestResult, CashFlowReason } from "@bitfever/engine";

/** What came and went without a trade for one reason. */
export interface FlowSum {
  readonly reason: CashFlowReason;
  readonly count: number;
  /** Decimal money, below zero where it went. */
  readonly amount: number;
}

/** The cash flows of a result by their reason, in the order in which they first came. */
export function flowSums({ cashFlows = [] }: Pick<BacktestResult, "cashFlows">): readonly FlowSum[] {
  const sums = new Map<CashFlowReason, FlowSum>();
  for (const { reason, amount } of cashFlows) {
    if (amount === 0) continue;
    const before = sums.get(reason) ?? { reason, count: 0, amount: 0 };
    sums.set(reason, { reason, count: before.count + 1, amount: before.amount + amount });
  }
  return [...sums.values()];
}

type Reason = Pick<FlowSum, "reason">;

const isOwn = ({ reason }: Reason): boolean => reason === "deposit" || reason === "withdrawal";

/** What corporate actions paid. */
const isPaid = ({ reason }: Reason): boolean => reason === "dividend" || reason === "split";

/** What the holder put in and took out. */
export const transfersOf = (result: Pick<BacktestResult, "cashFlows">): readonly FlowSum[] =>
  flowSums(result).filter(isOwn);

/** What the shares that were held have paid. */
export const paymentsOf = (result: Pick<BacktestResult, "cashFlows">): readonly FlowSum[] =>
  flowSums(result).filter(isPaid);

/** What holding has cost. */
export const carriesOf = (result: Pick<BacktestResult, "cashFlows">): readonly FlowSum[] =>
  flowSums(result).filter((each) => !isOwn(each) && !isPaid(each));

/** What withdrawals did not get, above zero, and how many of them got less than they asked for. */
export function unpaid({ cashFlows = [] }: Pick<BacktestResult, "cashFlows">): {
  readonly count: number;
  readonly amount: number;
} {
  const short = cashFlows.flatMap(({ asked, amount }) => (asked === undefined ? [] : [amount - asked]));
  return { count: short.length, amount: short.reduce((sum, each) => sum + each, 0) };
}

import type { VenueTrade } from "@bitfever/runtime";
import type { CommissionReport, Contract, Execution } from "@stoqey/ib";
import { Decimal } from "decimal.js";
import type { TradedContract } from "./traded-contract.js";
import { timeOf } from "./tws-time.js";

/** An execution with its newest revision, and what is known of its commission. */
export interface KnownExecution {
  readonly id: string;
  readonly revision: number;
  readonly contract: Contract;
  readonly execution: Execution;
  readonly commission: { readonly amount: number; readonly currency: string } | null;
}

/** What an execution is told with as a trade. */
export interface TradeContext {
  readonly traded: TradedContract;
  readonly clientId: string;
  readonly strategy: string;
  /** What its order asked for, in decimals, where that is known. */
  readonly quantity: Decimal | undefined;
}

/** The executions that the venue has told, each once, whatever else is told of it. */
export class ExecutionBook {
  private readonly known = new Map<string, KnownExecution>();
  private readonly commissions = new Map<string, NonNullable<KnownExecution["commission"]>>();
  private readonly told = new Map<string, VenueTrade>();
  /** By client id. */
  private readonly toldQuantities = new Map<string, Decimal>();

  /** Takes it, unless a later revision of it was taken. */
  hear(contract: Contract, execution: Execution): void {
    const { id, revision } = placeOf(execution.execId ?? "");
    const before = this.known.get(id);
    if (before !== undefined && before.revision >= revision) return;
    const commission = this.commissions.get(id) ?? null;
    this.known.set(id, { id, revision, contract, execution, commission });
  }

  hearCommission({ execId = "", commission, currency = "" }: CommissionReport): void {
    if (commission === undefined) return;
    const { id } = placeOf(execId);
    this.commissions.set(id, { amount: commission, currency });
    const known = this.known.get(id);
    if (known !== undefined) this.known.set(id, { ...known, commission: { amount: commission, currency } });
  }

  all(): readonly KnownExecution[] {
    return [...this.known.values()];
  }

  trade(id: string): VenueTrade | undefined {
    return this.told.get(id);
  }

  /** How much of an order was told as traded. */
  toldOf(clientId: string): Decimal {
    return this.toldQuantities.get(clientId) ?? new Decimal(0);
  }

  /**
   * The trade that an execution is, from now on the same however often it is asked for: what is corrected later changes nothing
   * in what was told.
   */
  tell({ id, execution, commission }: KnownExecution, context: TradeContext): VenueTrade {
    const { traded, clientId, strategy, quantity } = context;
    const { instrument } = traded;
    const { shares = 0, price = 0, cumQty = 0, liquidation = 0, permId = 0 } = execution;
    const isBuy = execution.side === "BOT";
    const steps = instrument.price(price, "nearest");
    // A price between two steps: what is left out by the nearest one is paid, or got, beside it.
    const between = new Decimal(price)
      .minus(instrument.priceDecimal(steps))
      .times(shares)
      .times(instrument.specification.multiplier)
      .times(isBuy ? 1 : -1);
    const left = quantity === undefined ? new Decimal(0) : quantity.minus(cumQty);
    const trade: VenueTrade = {
      ...{ tradeId: id, clientId, strategy, symbol: traded.symbol, side: isBuy ? "buy" : "sell" },
      ...{ price: steps, quantity: instrument.quantity(shares) },
      commission: instrument.money(between.plus(commission?.amount ?? 0).toNumber()),
      time: timeOfExecution(execution),
      ...(left.gt(0) && { left: instrument.quantity(left.toNumber()) }),
      ...(liquidation > 0 && { ofVenue: { orderId: String(permId), purpose: "liquidation" as const } }),
    };
    this.told.set(id, trade);
    this.toldQuantities.set(clientId, this.toldOf(clientId).plus(shares));
    return trade;
  }
}

export const timeOfExecution = ({ time = "" }: Execution): number => timeOf(time);

/** Behind its last point an id says which revision of the same execution it is. */
function placeOf(execId: string): { readonly id: string; readonly revision: number } {
  const dot = execId.lastIndexOf(".");
  return { id: execId.slice(0, dot), revision: Number(execId.slice(dot + 1)) };
}

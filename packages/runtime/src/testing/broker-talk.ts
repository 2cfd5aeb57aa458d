import type { Order } from "@bitfever/engine";
import type { CancelRequest, VenueOrder, VenueOrderStatus, VenueReport, VenueSnapshot } from "../contract.js";
import { clientIdOf } from "../desk/client-id.js";
import { Gatekeeper, type Approved } from "../gates/gatekeeper.js";
import type { BrokerTrial } from "./broker-trial.js";

/** Asks for an order of the trial: `steps` is its price in distances from where the market stands, null at the market. */
export interface Wanted {
  readonly id: string;
  readonly side?: Order["side"];
  readonly purpose?: Order["purpose"];
  readonly type?: Order["type"];
  readonly steps: number | null;
  readonly children?: readonly Order[];
  /** In lots; left out, that of the trial. */
  readonly quantity?: number;
  readonly isReduceOnly?: true;
}

/** A conversation with a broker: what was sent and heard, and questions that are asked until they are answered. */
export class BrokerTalk {
  readonly reports: VenueReport[] = [];
  readonly sent: Approved<VenueOrder>[] = [];
  readonly faults: string[] = [];
  private questions = 0;

  /** @param attempts  how often something is asked, where messages may be lost */
  constructor(
    readonly trial: BrokerTrial,
    private readonly attempts: number,
  ) {}

  async connect(): Promise<void> {
    const { broker, instrument, settle } = this.trial;
    await broker.connect((report) => this.reports.push(report), [instrument]);
    await settle();
  }

  expect(isSo: boolean, fault: string): void {
    if (!isSo) this.faults.push(fault);
  }

  /** A price so many distances from where the market began. */
  priceAt(steps: number): number {
    return this.trial.price + steps * this.trial.distance;
  }

  order(wanted: Wanted): VenueOrder {
    const { strategy, instrument } = this.trial;
    const { symbol } = instrument.specification;
    const { id, steps, side = "buy", purpose = "enter", children = [], isReduceOnly } = wanted;
    const { quantity = this.trial.quantity } = wanted;
    const price = steps === null ? null : this.priceAt(steps);
    const type = wanted.type ?? (price === null ? "market" : "limit");
    const order = {
      id,
      type,
      side,
      purpose,
      quantity,
      price,
      tag: id,
      children,
      entries: 2,
      ...termsOf(type, price),
    };
    const clientId = clientIdOf(strategy, symbol, id);
    return { clientId, strategy, symbol, order, ...(isReduceOnly && { isReduceOnly }) };
  }

  /** A stop or a target of an entry. */
  child(id: string, purpose: "stop" | "target", steps: number): Order {
    const type = purpose === "stop" ? "stop" : "limit";
    return this.order({ id, purpose, type, side: "sell", steps }).order;
  }

  requestOf({ clientId, strategy, symbol }: CancelRequest): CancelRequest {
    return { clientId, strategy, symbol };
  }

  /** Submits until there is an answer of any kind. */
  async submit(order: VenueOrder): Promise<void> {
    const approved = this.approved(order);
    this.sent.push(approved);
    const { broker } = this.trial;
    const isAnswered = await this.until(() => {
      broker.submit(approved);
    }, order);
    this.expect(isAnswered, `order ${order.order.id} was neither accepted nor refused`);
  }

  async modify(replaced: VenueOrder, order: VenueOrder): Promise<void> {
    const approved = this.approved(order);
    this.sent.push(approved);
    const { broker } = this.trial;
    const isAnswered = await this.until(() => {
      broker.modify(this.requestOf(replaced), approved);
    }, order);
    this.expect(isAnswered, `order ${order.order.id} in the place of another was not answered`);
  }

  /** Asks for the end of an order until it is told. */
  async cancel(order: VenueOrder): Promise<void> {
    for (let i = 0; i < this.attempts; i++) {
      this.trial.broker.cancel(this.requestOf(order));
      await this.trial.settle();
      if (this.has("cancelled", order)) return;
      if (this.attempts > 1 && (await this.fate(order)) === "cancelled") return;
    }
    this.faults.push(`nobody said that order ${order.order.id} was cancelled`);
  }

  has(kind: "accepted" | "placed" | "cancelled" | "rejected", { clientId }: CancelRequest): boolean {
    return this.reports.some((each) => each.kind === kind && each.clientId === clientId);
  }

  /** How the venue says that everything stands. */
  async look(orders: readonly CancelRequest[] = [], tradesFrom = -Infinity): Promise<VenueSnapshot> {
    const { broker, settle } = this.trial;
    for (let i = 0; i < this.attempts; i++) {
      const number = ++this.questions;
      broker.snapshot({ number, orders: orders.map((each) => this.requestOf(each)), tradesFrom });
      await settle();
      const answer = this.reports.find((each) => each.kind === "snapshot" && each.number === number);
      if (answer?.kind === "snapshot") return answer;
    }
    this.faults.push("the venue was asked how everything stands, and did not answer under the number asked");
    return { ...nothingKnown, number: this.questions };
  }

  async fate(order: CancelRequest): Promise<VenueOrderStatus | undefined> {
    const { orders } = await this.look([order]);
    return orders.find(({ clientId }) => clientId === order.clientId)?.status;
  }

  async expectFate(order: VenueOrder, ...expected: readonly VenueOrderStatus[]): Promise<void> {
    const fate = await this.fate(order);
    const isExpected = fate !== undefined && expected.includes(fate);
    const name = order.order.id;
    this.expect(
      isExpected,
      `order ${name} should be ${expected.join(" or ")}, and the venue says ${fate ?? "nothing"}`,
    );
  }

  /** Signed lots that the venue says are held. */
  async position(): Promise<number> {
    const { symbol } = this.trial.instrument.specification;
    const { positions } = await this.look();
    return positions.reduce((sum, each) => sum + (each.symbol === symbol ? each.quantity : 0), 0);
  }

  /** Lots of an order that were traded, by reports and snapshots. */
  traded({ clientId }: CancelRequest): number {
    const quantities = new Map<string, number>();
    for (const report of this.reports) {
      const trades =
        report.kind === "trade" ? [report.trade] : report.kind === "snapshot" ? report.trades : [];
      for (const trade of trades)
        if (trade.clientId === clientId) quantities.set(trade.tradeId, trade.quantity);
    }
    return [...quantities.values()].reduce((sum, each) => sum + each, 0);
  }

  /** Lets the market trade at a price until all of an order has: it may do so in parts. */
  async fill(order: VenueOrder, steps: number): Promise<void> {
    for (let i = 0; i < mostParts; i++) {
      await this.trial.trade(this.priceAt(steps));
      await this.look();
      if (this.traded(order) >= order.order.quantity) return;
    }
    this.faults.push(
      `${this.traded(order)} lots of order ${order.order.id} were traded at its price, of ${order.order.quantity}`,
    );
  }

  /** Whether there was news of an order; where messages may be lost, also by what the venue says of it when asked. */
  private async until(act: () => void, order: VenueOrder): Promise<boolean> {
    for (let i = 0; i < this.attempts; i++) {
      act();
      await this.trial.settle();
      const isTold = this.traded(order) > 0 || answers.some((kind) => this.has(kind, order));
      if (isTold || (this.attempts > 1 && (await this.fate(order)) !== "absent")) return true;
    }
    return false;
  }

  private approved(order: VenueOrder): Approved<VenueOrder> {
    const { strategy, symbol, clientId } = order;
    const { side, purpose, quantity } = order.order;
    const { instrument } = this.trial;
    const price = instrument.priceDecimal(this.trial.price);
    const decision = gates.propose(
      {
        ...{ time: 0, signalTime: 0, strategy, symbol, sector: null, side, clientId, price },
        ...{
          isReducing: purpose !== "enter",
          isFlattening: false,
          isReplacement: false,
          replacedQuantity: 0,
        },
        ...{ quantity: instrument.quantityDecimal(quantity), lastPrice: price, unitWorth: 1 },
      },
      order,
      account,
    );
    if ("refused" in decision) throw new Error(`broker trial: ${decision.refused.reason}`);
    return decision.approved;
  }
}

/** What orders of some types have to say besides. */
function termsOf(type: Order["type"], price: number | null): Pick<Order, "limit" | "trail"> {
  if (type === "trailing_stop") return { trail: { distance: 1, isWhole: true, after: null } };
  return type.includes("limit_") || type.endsWith("_limit") ? { limit: price ?? undefined } : {};
}

const answers = ["accepted", "rejected", "cancelled"] as const;

/** More than any venue of a trial takes to fill an order. */
const mostParts = 30;

const nothingKnown = {
  ...{ kind: "snapshot" as const, time: NaN, positions: [], openOrders: [] },
  ...{ trades: [], flows: [], orders: [] },
};

const gates = new Gatekeeper([]);

const account = {
  ...{ equity: 1, sessionEquity: 1, highestEquity: 1, lossesInARow: 0, session: 0 },
  holding: () => null,
  holdingsIn: () => [],
};

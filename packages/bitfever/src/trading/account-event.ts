import type { CancelReason, Order } from "@bitfever/engine";
import type { DeskCommand, Member, Notice, SymbolBar, VenueReport } from "@bitfever/runtime";

interface OfSeat {
  /** Milliseconds UTC, by the clock of the account. */
  readonly time: number;
  readonly strategy: string;
  readonly symbol: string;
}

interface OfOrder extends OfSeat {
  /** By which this side and the venue know the order. */
  readonly clientId: string;
}

/** Something that happened on an account, for who looks on; prices and quantities are decimals. */
export type AccountEvent =
  /** Bars that closed at one instant were heard; what follows until the next is what came of them. */
  | {
      readonly kind: "bars";
      readonly time: number;
      /** Milliseconds UTC. */
      readonly closedAt: number;
      readonly bars: readonly SymbolBar[];
    }
  | (OfOrder &
      Pick<Order, "side" | "type" | "purpose" | "tag"> & {
        readonly kind: "order";
        readonly orderId: string;
        readonly quantity: number;
        /** The limit, or the trigger; null at the market. */
        readonly price: number | null;
        /** The order whose place it takes; null for none. */
        readonly replaces: string | null;
      })
  /** The venue has taken it. */
  | (OfOrder & { readonly kind: "accepted" })
  | (OfOrder & {
      readonly kind: "fill";
      /** Of the venue, the same however often it is told. */
      readonly tradeId: string;
      readonly side: Order["side"];
      readonly quantity: number;
      readonly price: number;
      /** Decimal money. */
      readonly commission: number;
      /** What of the order is still to be filled. */
      readonly left: number;
    })
  | (OfOrder & { readonly kind: "cancelled"; readonly reason: CancelReason })
  | (OfOrder & { readonly kind: "rejected"; readonly reason: string })
  | (OfSeat & { readonly kind: "cash"; readonly amount: number })
  /** Capital went to the strategy, or away from it below zero. */
  | (OfSeat & { readonly kind: "capital"; readonly amount: number })
  /** What the program itself has to say. */
  | (OfSeat & { readonly kind: "alert"; readonly text: string })
  | { readonly kind: "notice"; readonly time: number; readonly notice: Notice }
  /** The venue has said how everything stands. */
  | { readonly kind: "snapshot"; readonly time: number }
  /** Somebody has given a command, and hears what became of it: told once before and once after. */
  | {
      readonly kind: "command";
      readonly time: number;
      /** The same for both. */
      readonly id: string;
      readonly mouth: string;
      readonly who: string;
      readonly words: string;
      /** Null before it is carried out. */
      readonly outcome: string | null;
      /** Why not; null where there is nothing to say. */
      readonly code: string | null;
    };

type FindMember = (strategy: string, symbol: string) => Member;

/** What a desk asks for, as an event; null for what nobody looks at. */
export function eventOfCommand(command: DeskCommand, time: number, find: FindMember): AccountEvent | null {
  switch (command.kind) {
    case "submit":
    case "modify": {
      const { clientId, strategy, symbol, order } = command.order;
      const { instrument } = find(strategy, symbol);
      const { id: orderId, side, type, purpose, tag, price, quantity } = order;
      return {
        ...{ kind: "order", time, strategy, symbol, clientId, orderId, side, type, purpose, tag },
        quantity: instrument.quantityDecimal(quantity),
        price: price === null ? null : instrument.priceDecimal(price),
        replaces: command.kind === "modify" ? command.replacedId : null,
      };
    }
    case "allocate": {
      const { strategy, symbol } = command;
      const amount = find(strategy, symbol).instrument.moneyDecimal(command.amount);
      return { kind: "capital", time, strategy, symbol, amount };
    }
    case "notice":
      return { kind: "notice", time, notice: command.notice };
    default:
      return null;
  }
}

/** What the venue says, as an event; null for what nobody looks at. */
export function eventOfReport(report: VenueReport, time: number, find: FindMember): AccountEvent | null {
  switch (report.kind) {
    case "trade": {
      const {
        clientId,
        tradeId,
        strategy,
        symbol,
        side,
        quantity,
        price,
        commission,
        left = 0,
      } = report.trade;
      const { instrument } = find(strategy, symbol);
      return {
        ...{ kind: "fill", time, strategy, symbol, clientId, tradeId, side },
        quantity: instrument.quantityDecimal(quantity),
        price: instrument.priceDecimal(price),
        commission: instrument.moneyDecimal(commission),
        left: instrument.quantityDecimal(left),
      };
    }
    case "accepted":
    case "cancelled":
    case "rejected": {
      const { clientId, strategy, symbol } = report;
      const of = { time, strategy, symbol, clientId };
      if (report.kind === "accepted") return { ...of, kind: "accepted" };
      return report.kind === "cancelled"
        ? { ...of, kind: "cancelled", reason: report.reason }
        : { ...of, kind: "rejected", reason: report.reason };
    }
    case "cash": {
      const { strategy, symbol, flow } = report;
      const { instrument } = find(strategy, symbol);
      return { kind: "cash", time, strategy, symbol, amount: instrument.moneyDecimal(flow.amount) };
    }
    case "snapshot":
      return { kind: "snapshot", time };
    default:
      return null;
  }
}

import type { CancelReason, Order } from "@bitfever/engine";
import type { DeskCommand, Member, Notice, VenueReport } from "@bitfever/runtime";

interface OfSeat {
  /** Milliseconds UTC, by the clock of the account. */
  readonly time: number;
  readonly strategy: string;
  readonly symbol: string;
}

/** Something that happened on an account, for who looks on; prices and quantities are decimals. */
export type AccountEvent =
  | (OfSeat &
      Pick<Order, "side" | "type" | "purpose" | "tag"> & {
        readonly kind: "order";
        readonly orderId: string;
        readonly quantity: number;
        /** The limit, or the trigger; null at the market. */
        readonly price: number | null;
        /** The order whose place it takes; null for none. */
        readonly replaces: string | null;
      })
  | (OfSeat & {
      readonly kind: "fill";
      readonly side: Order["side"];
      readonly quantity: number;
      readonly price: number;
      /** Decimal money. */
      readonly commission: number;
    })
  | (OfSeat & { readonly kind: "cancelled"; readonly reason: CancelReason })
  | (OfSeat & { readonly kind: "rejected"; readonly reason: string })
  | (OfSeat & { readonly kind: "cash"; readonly amount: number })
  /** Capital went to the strategy, or away from it below zero. */
  | (OfSeat & { readonly kind: "capital"; readonly amount: number })
  /** What the program itself has to say. */
  | (OfSeat & { readonly kind: "alert"; readonly text: string })
  | { readonly kind: "notice"; readonly time: number; readonly notice: Notice };

type FindMember = (strategy: string, symbol: string) => Member;

/** What a desk asks for, as an event; null for what nobody looks at. */
export function eventOfCommand(command: DeskCommand, time: number, find: FindMember): AccountEvent | null {
  switch (command.kind) {
    case "submit":
    case "modify": {
      const { strategy, symbol, order } = command.order;
      const { instrument } = find(strategy, symbol);
      const { id: orderId, side, type, purpose, tag, price, quantity } = order;
      return {
        ...{ kind: "order", time, strategy, symbol, orderId, side, type, purpose, tag },
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
      const { strategy, symbol, side, quantity, price, commission } = report.trade;
      const { instrument } = find(strategy, symbol);
      return {
        ...{ kind: "fill", time, strategy, symbol, side },
        quantity: instrument.quantityDecimal(quantity),
        price: instrument.priceDecimal(price),
        commission: instrument.moneyDecimal(commission),
      };
    }
    case "cancelled":
    case "rejected": {
      const { strategy, symbol } = report;
      const of = { time, strategy, symbol };
      return report.kind === "cancelled"
        ? { ...of, kind: "cancelled", reason: report.reason }
        : { ...of, kind: "rejected", reason: report.reason };
    }
    case "cash": {
      const { strategy, symbol, flow } = report;
      const { instrument } = find(strategy, symbol);
      return { kind: "cash", time, strategy, symbol, amount: instrument.moneyDecimal(flow.amount) };
    }
    default:
      return null;
  }
}

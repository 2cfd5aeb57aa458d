import { isoTime } from "@bitfever/engine";
import type { DeskCommand, DeskInput, ReplayDifference } from "@bitfever/runtime";
import type { AccountDesk } from "./desk-of-setup.js";

type Seats = Pick<AccountDesk, "seats">;

/** A difference as people read it: the turn, what was heard, and what was decided of it then and now. */
export function differenceText(
  { turn, heard, kept, decided }: ReplayDifference,
  seats: Seats,
): readonly string[] {
  const list = (commands: readonly DeskCommand[]): readonly string[] =>
    commands.length === 0
      ? ["    nothing"]
      : commands.map((each, i) => {
          const other = commands === kept ? decided[i] : kept[i];
          const sign = JSON.stringify(each) === JSON.stringify(other) ? " " : "≠";
          return `  ${sign} ${commandText(each, seats)}`;
        });
  return [
    `turn ${turn} heard`,
    ...heard.map((each) => `    ${inputText(each, seats)}`),
    "  decided then, as it was kept",
    ...list(kept),
    "  decided now",
    ...list(decided),
  ];
}

function inputText(input: DeskInput, seats: Seats): string {
  switch (input.kind) {
    case "bars": {
      const bars = input.bars.map(({ symbol, bar: { open, high, low, close } }) => {
        return `${symbol} ${open} ${high} ${low} ${close}`;
      });
      return `${isoTime(input.closedAt)} bars closed: ${bars.join(", ")}`;
    }
    case "report":
      return `${isoTime(input.at)} venue: ${reportText(input.report, seats)}`;
    case "operator":
      return `${isoTime(input.at)} operator: ${input.order.kind}`;
    default:
      return `${isoTime(input.at)} ${input.kind}`;
  }
}

function reportText(report: Extract<DeskInput, { kind: "report" }>["report"], { seats }: Seats): string {
  if (report.kind === "trade") {
    const { strategy, symbol, side, quantity, price, tradeId } = report.trade;
    const { member } = seats.find((each) => each.member.symbol === symbol) ?? {};
    const units = member?.instrument.quantityDecimal(quantity) ?? quantity;
    const at = member?.instrument.priceDecimal(price) ?? price;
    return `${strategy} ${symbol} ${side} ${units} at ${at} (trade ${tradeId})`;
  }
  const of = "strategy" in report ? ` ${report.strategy} ${report.symbol}` : "";
  return `${report.kind.replaceAll("_", " ")}${of}`;
}

function commandText(command: DeskCommand, { seats }: Seats): string {
  switch (command.kind) {
    case "submit":
    case "modify": {
      const { strategy, symbol, order } = command.order;
      const { member } = seats.find((each) => each.member.symbol === symbol) ?? {};
      const units = member?.instrument.quantityDecimal(order.quantity) ?? order.quantity;
      const price =
        order.price === null ? "" : ` ${member?.instrument.priceDecimal(order.price) ?? order.price}`;
      const what = command.kind === "submit" ? "submit" : `put in the place of ${command.replacedId}`;
      return `${what}: ${strategy} ${symbol} ${order.side} ${units} ${order.type}${price}, ${order.purpose} "${order.tag}" (${order.id})`;
    }
    case "cancel":
      return `cancel: ${command.request.strategy} ${command.request.symbol} (${command.orderId})`;
    case "allocate":
      return `move capital: ${command.strategy} ${command.symbol} ${command.amount} steps of money`;
    case "snapshot":
      return `ask how everything stands (question ${command.request.number})`;
    case "notice":
      return `say: ${command.notice.text}`;
  }
}

import { isoTime } from "@bitfever/engine";
import type { NoticeName } from "@bitfever/runtime";
import type { AccountEvent } from "../trading/account-event.js";
import { printable } from "./printable.js";
import { numberText } from "./number-text.js";

const traded = { buy: "bought", sell: "sold" } as const;

/** An event as a line; null for what is not worth one. */
export function eventLine(event: AccountEvent): string | null {
  const text = eventText(event);
  return text === null ? null : printable(`${isoTime(event.time)}  ${text}`);
}

function eventText(event: AccountEvent): string | null {
  if (event.kind === "notice") {
    const { what, text, strategy, symbol } = event.notice;
    // Said at every start, and nobody has to do anything.
    if (what === "reconciled") return null;
    const of = strategy === undefined ? "" : ` ${strategy} ${symbol ?? ""}`.trimEnd();
    return `${what.replaceAll("_", " ")}${of}: ${text}`;
  }
  if (event.kind === "bars" || event.kind === "snapshot") return null;
  if (event.kind === "command")
    return event.outcome === null ? `${event.who} by ${event.mouth}: ${event.words}` : null;
  const of = `${event.strategy} ${event.symbol}`;
  switch (event.kind) {
    // Whoever wants to know looks at what works at the venue.
    case "accepted":
      return null;
    case "order": {
      const { side, quantity, type, price, purpose, tag, replaces } = event;
      const at = price === null ? "" : ` ${numberText(price)}`;
      const what = replaces === null ? "order" : "order replaced";
      return `${of} ${what}: ${side} ${numberText(quantity)} ${type.replaceAll("_", " ")}${at}, ${purpose} "${tag}"`;
    }
    case "fill":
      return `${of} ${traded[event.side]} ${numberText(event.quantity)} at ${numberText(event.price)}`;
    case "cancelled":
      // It was asked for, or its position went another way: the fill says so.
      return event.reason === "asked" || event.reason === "nothing_to_close"
        ? null
        : `${of} order gone: ${event.reason.replaceAll("_", " ")}`;
    case "rejected":
      return `${of} order rejected: ${event.reason}`;
    case "alert":
      return `${of} alert: ${event.text}`;
    case "capital":
      return `${of} capital ${event.amount < 0 ? "goes away" : "comes"}: ${numberText(event.amount)}`;
    case "cash":
      return `${of} cash ${numberText(event.amount)}`;
  }
}

const grave: readonly NoticeName[] = [
  ...(["halted", "difference", "stranger", "stray", "unprotected", "given_up", "unknown"] as const),
];

/** Whether it is said even when nobody watches. */
export const isGrave = (event: AccountEvent): boolean =>
  event.kind === "alert" || (event.kind === "notice" && grave.includes(event.notice.what));

import type { NoticeName } from "@bitfever/runtime";
import { numberText } from "../../cli/number-text.js";
import type { AccountEvent } from "../../trading/account-event.js";
import type { Alert } from "./alert.js";
import type { AlertName } from "./alert-kinds.js";

const ofNotice: Readonly<Record<NoticeName, AlertName>> = {
  refused: "refused",
  unknown: "unknown_order",
  resent: "resent",
  given_up: "given_up",
  unprotected: "unprotected",
  stray: "stray",
  stranger: "stranger",
  difference: "difference",
  reconciled: "reconciled",
  halted: "halted",
  disconnected: "disconnected",
  connected: "connected",
  call_failed: "call_failed",
  switched: "switched",
  operator: "operator",
};

/** What an event is called as an alert; null for what is none. */
export function alertNameOf(event: AccountEvent): AlertName | null {
  switch (event.kind) {
    case "notice":
      return ofNotice[event.notice.what];
    case "order":
    case "fill":
    case "rejected":
    case "capital":
    case "alert":
      return event.kind;
    case "command":
      return event.outcome === null ? null : "command";
    case "bars":
    case "accepted":
    case "cancelled":
    case "cash":
    case "snapshot":
      return null;
  }
}

/** @param state  of the account now: `active`, `reducing` or `halted`; asked for by what tells it */
export function alertOfEvent(event: AccountEvent, kind: AlertName, state: () => string): Alert {
  const values = valuesOf(event, state);
  return { kind, key: [kind, ...identityOf(event, values)].join("\u0000"), time: event.time, values };
}

function valuesOf(event: AccountEvent, state: () => string): Readonly<Record<string, string>> {
  switch (event.kind) {
    case "notice": {
      const { text, strategy = "", symbol = "", what } = event.notice;
      return { text, reason: text, strategy, symbol, ...(what === "halted" && { state: state() }) };
    }
    case "order": {
      const { strategy, symbol, side, quantity, type, price, purpose, tag } = event;
      const at = price === null ? "market" : numberText(price);
      return { strategy, symbol, side, quantity: numberText(quantity), type, price: at, purpose, tag };
    }
    case "fill": {
      const { strategy, symbol, side, quantity, price, commission, left } = event;
      const [q, p, c, l] = [quantity, price, commission, left].map(numberText);
      return { strategy, symbol, side: traded[side], quantity: q, price: p, commission: c, left: l };
    }
    case "rejected":
      return { strategy: event.strategy, symbol: event.symbol, reason: event.reason };
    case "capital":
      return { strategy: event.strategy, symbol: event.symbol, amount: numberText(event.amount) };
    case "alert":
      return { strategy: event.strategy, symbol: event.symbol, text: event.text };
    case "command": {
      const { mouth, who, words, outcome, code } = event;
      const came = outcome ?? "";
      return { mouth, who, words, outcome: code === null ? came : `${came}, ${code}` };
    }
    default:
      return {};
  }
}

const traded = { buy: "bought", sell: "sold" } as const;

/** What makes one the same as another: of orders, fills and commands no two are. */
function identityOf(event: AccountEvent, values: Readonly<Record<string, string>>): readonly string[] {
  switch (event.kind) {
    case "order":
      return [event.clientId];
    case "fill":
      return [event.tradeId];
    case "command":
      return [event.id];
    default:
      return Object.values(values);
  }
}

import type { Exchange } from "../exchange/exchange.js";
import type { ExchangeEvent } from "../exchange/exchange-event.js";
import type { Keys } from "../wire/keys.js";
import type { Conversation, Listener } from "../wire/protocol.js";
import { barPayload, orderPayload, tradePayload } from "./alpaca-payloads.js";
import { executionIdOf, stampOf } from "./alpaca-words.js";

interface Asked {
  readonly action?: string;
  readonly key?: string;
  readonly secret?: string;
  readonly data?: { readonly key_id?: string; readonly secret_key?: string; readonly streams?: unknown };
}

/** What happens to the orders of the account, for who has shown that it is his and listens. */
export function tradeUpdates(exchange: Exchange, keys: Keys, listener: Listener): Conversation {
  let isKnown = false;
  let listens = false;
  const end = exchange.listen((event) => {
    const data = listens ? updateOf(exchange, event) : null;
    if (data !== null) listener.send({ stream: "trade_updates", data });
  });
  return {
    hear: (message) => {
      const { action = "", key, secret, data } = message as Asked;
      if (action === "auth" || action === "authenticate") {
        isKnown = isRight(keys, key ?? data?.key_id, secret ?? data?.secret_key);
        const status = isKnown ? "authorized" : "unauthorized";
        listener.answer({ stream: "authorization", data: { status, action } });
        if (!isKnown) listener.close();
      } else if (action === "listen" && isKnown) {
        const asked: unknown[] = Array.isArray(data?.streams) ? data.streams : [];
        const streams = asked.filter((each) => each === "trade_updates");
        listens = streams.length > 0;
        listener.answer({ stream: "listening", data: { streams } });
      } else listener.answer({ action: "error", data: { error_message: `cannot ${action} now` } });
    },
    end,
  };
}

function updateOf(exchange: Exchange, event: ExchangeEvent): unknown {
  const stamp = stampOf(exchange.now);
  if (event.kind === "trade") {
    const { order, price, quantity, time } = event.trade;
    const place = exchange.tradesOf("spot").indexOf(event.trade) + 1;
    return {
      ...{ event: order.status === "filled" ? "fill" : "partial_fill", execution_id: executionIdOf(place) },
      ...{ timestamp: stampOf(time), price: price.toFixed(), qty: quantity.toFixed() },
      position_qty: exchange.account.balance("spot", order.market.specification.base).toFixed(),
      order: orderPayload(exchange, order),
    };
  }
  if (event.kind !== "order") return null;
  const { order, happening } = event;
  // That a stop was met is not told.
  if (happening === "triggered" || happening === "amended") return null;
  const payload = orderPayload(exchange, order);
  const said = happening === "new" ? "new" : payload.status;
  return { event: said, execution_id: executionIdOf(0), timestamp: stamp, order: payload };
}

type Channel = "trades" | "quotes" | "bars" | "updatedBars" | "dailyBars" | "statuses" | "lulds";
const channels: readonly Channel[] = [
  ...(["trades", "quotes", "bars", "updatedBars", "dailyBars", "statuses", "lulds"] as const),
];

const minuteMs = 60_000;

/** Of how many shares an account may hear trades and quotes that has not paid for more. */
const mostSymbols = 30;

/**
 * Trades and minute bars of shares. As many may be connected as the subscription has, which is one.
 *
 * @param isFirst  whether nobody else is connected
 * @param isPaid  whether the account has subscribed to this feed
 */
export function marketData(
  exchange: Exchange,
  keys: Keys,
  listener: Listener,
  { isFirst, isPaid }: { readonly isFirst: boolean; readonly isPaid: boolean },
): Conversation {
  const wanted = new Map<Channel, Set<string>>(channels.map((each) => [each, new Set<string>()]));
  const told = new Set<string>();
  let isKnown = false;
  const has = (channel: Channel, symbol: string): boolean =>
    wanted.get(channel)?.has(symbol) === true || wanted.get(channel)?.has("*") === true;
  const fail = (code: number, msg: string): void => {
    listener.answer([{ T: "error", code, msg }]);
  };
  const end = exchange.listen((event) => {
    if (event.kind === "print" && has("trades", event.market.id))
      listener.send([{ T: "t", S: event.market.id, ...tradePayload(event.print) }]);
    if (event.kind !== "candle" || !event.isClosed || event.lengthMs !== minuteMs) return;
    const { id } = event.market;
    // A minute that was told is told again where it has changed.
    const key = `${id} ${event.candle.time}`;
    const isAgain = told.has(key);
    told.add(key);
    if (has(isAgain ? "updatedBars" : "bars", id))
      listener.send([{ T: isAgain ? "u" : "b", S: id, ...barPayload(event.candle) }]);
  });
  listener.answer([{ T: "success", msg: "connected" }]);
  const isTooMuch = (lists: Partial<Record<Channel, unknown>>): boolean =>
    (["trades", "quotes"] as const).some((channel) => {
      const all = new Set([...(wanted.get(channel) ?? []), ...listOf(lists[channel])]);
      return all.size > mostSymbols;
    });
  const subscription = (): void => {
    const lists = channels.map((each) => [each, [...(wanted.get(each) ?? [])]] as const);
    listener.answer([{ T: "subscription", ...Object.fromEntries(lists) }]);
  };
  return {
    hear: (message) => {
      const { action, key, secret, ...lists } = message as Asked & Partial<Record<Channel, unknown>>;
      if (action === "auth") {
        isKnown = isFirst && isPaid && isRight(keys, key, secret);
        if (isKnown) listener.answer([{ T: "success", msg: "authenticated" }]);
        else if (!isRight(keys, key, secret)) fail(402, "auth failed");
        else if (!isPaid) fail(409, "insufficient subscription");
        else fail(406, "connection limit exceeded");
        if (!isKnown) listener.close();
        return;
      }
      if (!isKnown) fail(401, "not authenticated");
      else if (action === "subscribe" && isTooMuch(lists)) fail(405, "symbol limit exceeded");
      else if (action === "subscribe" || action === "unsubscribe") {
        for (const channel of channels)
          for (const symbol of listOf(lists[channel]))
            if (action === "subscribe") wanted.get(channel)?.add(symbol);
            else wanted.get(channel)?.delete(symbol);
        subscription();
      } else fail(400, "invalid syntax");
    },
    end,
  };
}

const listOf = (said: unknown): readonly string[] => (Array.isArray(said) ? said.map(String) : []);

const isRight = ({ apiKey, secret }: Keys, key: string | undefined, said: string | undefined): boolean =>
  key === apiKey && said === secret;

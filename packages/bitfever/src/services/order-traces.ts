import type * as openTelemetry from "@opentelemetry/api";
import type { Attributes, Span, Tracer } from "@opentelemetry/api";
import { isoTime } from "@bitfever/engine";
import type { AccountEvent } from "../trading/account-event.js";

interface OrderTracesOptions {
  readonly api: typeof openTelemetry;
  readonly tracer: Tracer;
  /** Milliseconds UTC with their fraction. */
  readonly now: () => number;
  /** Takes out of a text what is secret. */
  readonly clean: (text: string) => string;
}

/** Bars that were just heard, and what was decided on them. */
interface Deciding {
  readonly closedAt: number;
  readonly heardAt: number;
  readonly symbols: number;
  /** Begun with the first thing that is decided. */
  spans: { readonly bar: Span; readonly decide: Span } | null;
}

interface TracedOrder {
  readonly span: Span;
  /** Until the venue has taken it. */
  submit: Span | null;
  /** Of the next trade: from when the venue has had it, or from the trade before. */
  since: number;
}

/** Orders that are on their way or rest; of more the oldest is followed no further. */
const mostOrders = 10_000;

/**
 * Spans from bars to fills: `bar`, with `decide` from when it was heard to when all is decided, and in it an event for each order that
 * passed the gates or was refused; `order` from the decision to its end, with `submit` until the venue has taken it, and `fill` for each trade.
 * Bars on which nothing is decided have none.
 */
export class OrderTraces {
  private deciding: Deciding | null = null;
  private readonly orders = new Map<string, TracedOrder>();

  constructor(private readonly options: OrderTracesOptions) {}

  hear(event: AccountEvent): void {
    switch (event.kind) {
      case "bars":
        this.begin(event.closedAt, event.bars.length);
        return;
      case "order":
        this.order(event);
        return;
      case "accepted": {
        const order = this.orders.get(event.clientId);
        if (order === undefined || order.submit === null) return;
        order.since = this.options.now();
        order.submit.end(timeOf(order.since));
        order.submit = null;
        return;
      }
      case "fill":
        this.fill(event);
        return;
      case "cancelled":
      case "rejected":
        this.end(event.clientId, event.kind, event.reason);
        return;
      case "notice":
        if (event.notice.what === "refused") this.decided("refused", event.notice.text, event.notice.orderId);
        return;
      case "cash":
      case "capital":
      case "alert":
      case "snapshot":
      case "command":
    }
  }

  /** Ends what is still open. */
  close(): void {
    this.endDeciding();
    for (const clientId of [...this.orders.keys()]) this.end(clientId, "left open", "");
  }

  private begin(closedAt: number, symbols: number): void {
    this.endDeciding();
    this.deciding = { closedAt, symbols, heardAt: this.options.now(), spans: null };
    // All that bars bring about is decided before anything else happens in this process.
    queueMicrotask(() => {
      this.endDeciding();
    });
  }

  private endDeciding(): void {
    const spans = this.deciding?.spans ?? null;
    this.deciding = null;
    if (spans === null) return;
    const end = timeOf(this.options.now());
    spans.decide.end(end);
    spans.bar.end(end);
  }

  /** The spans of the bars on which something is decided; null where it is no bar that brings it about. */
  private decidingSpans(): NonNullable<Deciding["spans"]> | null {
    const { deciding } = this;
    if (deciding === null) return null;
    if (deciding.spans !== null) return deciding.spans;
    const { heardAt, closedAt, symbols } = deciding;
    const bar = this.span("bar", null, heardAt, {
      "bitfever.bar.closed_at": isoTime(closedAt),
      "bitfever.bar.symbols": symbols,
    });
    deciding.spans = { bar, decide: this.span("decide", bar, heardAt, {}) };
    return deciding.spans;
  }

  private decided(what: "approved" | "refused", reason: string, orderId: string | undefined): void {
    const spans = this.decidingSpans();
    spans?.decide.addEvent(
      what,
      {
        ...(orderId !== undefined && { "bitfever.order.id": orderId }),
        ...(reason !== "" && { "bitfever.reason": this.options.clean(reason) }),
      },
      timeOf(this.options.now()),
    );
  }

  private order(event: Extract<AccountEvent, { kind: "order" }>): void {
    const { clientId, orderId, strategy, symbol, side, type, purpose, quantity, price } = event;
    this.decided("approved", "", orderId);
    const at = this.options.now();
    const span = this.span("order", this.deciding?.spans?.bar ?? null, at, {
      "bitfever.order.client_id": clientId,
      "bitfever.order.id": orderId,
      "bitfever.strategy": strategy,
      "bitfever.symbol": symbol,
      "bitfever.order.side": side,
      "bitfever.order.type": type,
      "bitfever.order.purpose": purpose,
      "bitfever.order.quantity": quantity,
      ...(price !== null && { "bitfever.order.price": price }),
    });
    if (this.orders.size >= mostOrders)
      for (const oldest of this.orders.keys()) {
        this.end(oldest, "forgotten", "");
        break;
      }
    // The same id is sent again: it is the same order.
    this.end(clientId, "sent again", "");
    this.orders.set(clientId, { span, submit: this.span("submit", span, at, {}), since: at });
  }

  private fill({ clientId, quantity, price, left }: Extract<AccountEvent, { kind: "fill" }>): void {
    const order = this.orders.get(clientId);
    // What protects an entry goes with it, and is no order that was sent.
    if (order === undefined) return;
    const at = this.options.now();
    // A venue that fills at once may say so before it says that it has the order.
    order.submit?.end(timeOf(at));
    order.submit = null;
    this.span("fill", order.span, order.since, {
      "bitfever.fill.quantity": quantity,
      "bitfever.fill.price": price,
      "bitfever.fill.left": left,
    }).end(timeOf(at));
    order.since = at;
    if (left === 0) this.end(clientId, "filled", "");
  }

  private end(clientId: string, how: string, reason: string): void {
    const order = this.orders.get(clientId);
    if (order === undefined) return;
    this.orders.delete(clientId);
    const { api, now, clean } = this.options;
    const at = timeOf(now());
    order.submit?.end(at);
    order.span.setAttribute("bitfever.order.outcome", how);
    if (how === "rejected") order.span.setStatus({ code: api.SpanStatusCode.ERROR, message: clean(reason) });
    else if (reason !== "") order.span.setAttribute("bitfever.reason", clean(reason));
    order.span.end(at);
  }

  private span(name: string, parent: Span | null, at: number, attributes: Attributes): Span {
    const { api, tracer } = this.options;
    const around = parent === null ? api.ROOT_CONTEXT : api.trace.setSpan(api.ROOT_CONTEXT, parent);
    return tracer.startSpan(name, { startTime: timeOf(at), attributes }, around);
  }
}

/** Seconds and nanoseconds: a plain number from before the process began would be taken for one of its own clock. */
function timeOf(ms: number): [seconds: number, nanoseconds: number] {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.round((ms - seconds * 1_000) * 1e6)];
}

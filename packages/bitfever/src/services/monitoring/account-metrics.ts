import type { Counter, Gauge, Histogram, Registry } from "prom-client";
import type * as prometheus from "prom-client";
import { tradingStates } from "@bitfever/runtime";
import type { AccountEvent } from "../../trading/account-event.js";
import type { AccountState } from "../../trading/account-state.js";
import type { JournalSize } from "./journal-size.js";

interface AccountMetricsOptions {
  readonly account: string;
  readonly version: string;
  readonly state: () => AccountState;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Milliseconds of a clock that never runs backwards. */
  readonly steady: () => number;
  /** Null where there is no journal. */
  readonly journal: () => JournalSize | null;
}

/** Orders that are on their way or rest; of more than these the oldest is not timed. */
const mostTimed = 10_000;

const latencyBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const waitBuckets = [0.01, 0.1, 1, 10, 60, 600, 3_600, 86_400];

/**
 * The figures of an account for Prometheus. What happens is counted as it happens; how the account stands is looked at when somebody
 * asks. Labels are strategies, symbols and words of BitFever alone, so that there is no end to none of them.
 */
export class AccountMetrics {
  readonly registry: Registry;
  private readonly submitted = new Map<string, number>();
  private readonly bars = new Map<string, number>();
  private readonly orders: Counter;
  private readonly accepted: Counter;
  private readonly fills: Counter;
  private readonly commission: Counter;
  private readonly cancelled: Counter;
  private readonly rejected: Counter;
  private readonly refused: Counter;
  private readonly notices: Counter;
  private readonly snapshots: Counter;
  private readonly differences: Counter;
  private readonly commands: Counter;
  private readonly lateness: Histogram;
  private readonly acceptance: Histogram;
  private readonly execution: Histogram;

  constructor(
    private readonly client: typeof prometheus,
    private readonly options: AccountMetricsOptions,
  ) {
    const { account, version } = options;
    const registry = (this.registry = new client.Registry());
    registry.setDefaultLabels({ account });
    client.collectDefaultMetrics({ register: registry });
    this.gauge("build_info", "Always 1; the version of BitFever.", ["version"]).set({ version }, 1);
    const seat = ["strategy", "symbol"];
    this.orders = this.counter("orders_total", "Orders on their way to the venue.", [...seat, "purpose"]);
    this.accepted = this.counter("orders_accepted_total", "Orders that the venue has taken.", seat);
    this.fills = this.counter("fills_total", "Trades of orders.", [...seat, "side"]);
    this.commission = this.counter("commission_total", "Commission, in money of the account.", seat);
    this.cancelled = this.counter(
      "orders_cancelled_total",
      "Orders that are gone without (all of) a trade.",
      seat,
    );
    this.rejected = this.counter("orders_rejected_total", "Orders that the venue has not taken.", seat);
    this.refused = this.counter("orders_refused_total", "Orders that a gate has not let through.", seat);
    this.notices = this.counter("notices_total", "What whoever runs the account should know.", ["what"]);
    this.snapshots = this.counter("reconciliations_total", "Comparisons with what the venue says.", []);
    this.differences = this.counter("differences_total", "Differences to the venue that have stayed.", []);
    this.commands = this.counter("commands_total", "Commands that were given.", ["mouth", "outcome"]);
    this.lateness = this.histogram(
      "bar_lateness_seconds",
      "From the close of bars to when they were heard.",
      waitBuckets,
    );
    this.acceptance = this.histogram(
      "order_acceptance_seconds",
      "From an order to the venue's answer that it has it.",
      latencyBuckets,
    );
    this.execution = this.histogram(
      "order_execution_seconds",
      "From an order to its first trade; what rests takes as long as it rests.",
      [...latencyBuckets, 600, 3_600, 86_400],
    );
    this.barsHeard();
    this.standing();
    this.journal();
  }

  hear(event: AccountEvent): void {
    switch (event.kind) {
      case "bars":
        for (const { symbol } of event.bars) this.bars.set(symbol, (this.bars.get(symbol) ?? 0) + 1);
        this.lateness.observe(Math.max(0, event.time - event.closedAt) / 1_000);
        return;
      case "order": {
        const { strategy, symbol, purpose, clientId } = event;
        this.orders.inc({ strategy, symbol, purpose });
        if (this.submitted.size >= mostTimed)
          for (const oldest of this.submitted.keys()) {
            this.submitted.delete(oldest);
            break;
          }
        this.submitted.set(clientId, this.options.steady());
        return;
      }
      case "accepted": {
        const { strategy, symbol } = event;
        this.accepted.inc({ strategy, symbol });
        this.time(this.acceptance, event.clientId);
        return;
      }
      case "fill": {
        const { strategy, symbol, side, commission } = event;
        this.fills.inc({ strategy, symbol, side });
        // A venue may pay for orders that rest; what only grows cannot tell of it.
        if (commission > 0) this.commission.inc({ strategy, symbol }, commission);
        this.time(this.execution, event.clientId);
        this.submitted.delete(event.clientId);
        return;
      }
      case "cancelled":
      case "rejected": {
        const { strategy, symbol } = event;
        (event.kind === "cancelled" ? this.cancelled : this.rejected).inc({ strategy, symbol });
        this.submitted.delete(event.clientId);
        return;
      }
      case "notice": {
        const { what, strategy, symbol } = event.notice;
        this.notices.inc({ what });
        if (what === "difference") this.differences.inc();
        if (what === "refused" && strategy !== undefined && symbol !== undefined)
          this.refused.inc({ strategy, symbol });
        return;
      }
      case "snapshot":
        this.snapshots.inc();
        return;
      case "command":
        if (event.outcome !== null) this.commands.inc({ mouth: event.mouth, outcome: event.outcome });
        return;
      case "cash":
      case "capital":
      case "alert":
    }
  }

  private time(histogram: Histogram, clientId: string): void {
    const since = this.submitted.get(clientId);
    if (since !== undefined) histogram.observe((this.options.steady() - since) / 1_000);
  }

  private barsHeard(): void {
    const { bars } = this;
    this.counter("bars_total", "Bars that were heard.", ["symbol"], (counter) => {
      counter.reset();
      for (const [symbol, count] of bars) counter.inc({ symbol }, count);
    });
  }

  /** How the account stands: looked at once for all of them, when the first is asked for. */
  private standing(): void {
    const { state: ask, now } = this.options;
    const equity = this.gauge("account_equity", "Equity, in money of the account.", [], () => {
      const state = ask();
      equity.set(state.equity);
      fill(state);
    });
    const capital = this.gauge("account_capital", "Capital, in money of the account.", []);
    const trading = this.gauge("trading_state", "1 for the state that the account is in.", ["state"]);
    const settled = this.gauge(
      "settled",
      "1 where positions and orders are known to be those of the venue.",
      [],
    );
    const position = this.gauge("position_units", "What is held; below 0 for short.", ["strategy", "symbol"]);
    const own = this.gauge("strategy_equity", "Equity of a strategy on a symbol, in money of the account.", [
      ...["strategy", "symbol"],
    ]);
    const universes = this.gauge("universe_equity", "Equity of a universe, in money of the account.", [
      "strategy",
    ]);
    const price = this.gauge("symbol_price", "The newest close.", ["symbol"]);
    const paused = this.gauge("paused_strategies", "Strategies that an operator has paused.", []);
    const orders = this.gauge("open_orders", "Orders that rest at the venue or are on their way.", ["state"]);
    const fired = this.gauge(
      "gate_firings",
      "How often rules of a gate have refused an order or changed the state, as the account remembers it.",
      ["gate", "action"],
    );
    const closedAt = this.gauge("feed_last_close_timestamp_seconds", "When the newest bar closed.", [
      "symbol",
    ]);
    const age = this.gauge("feed_age_seconds", "How long ago the newest bar closed.", ["symbol"]);
    const overdue = this.gauge(
      "feed_overdue_seconds",
      "For how long the next bar has been due by its calendar; 0 while it is not.",
      ["symbol"],
    );
    const fill = (state: AccountState): void => {
      capital.set(state.capital);
      settled.set(state.isSettled ? 1 : 0);
      paused.set(state.paused.length);
      for (const each of Object.keys(tradingStates))
        trading.set({ state: each }, each === state.state ? 1 : 0);
      for (const each of [position, own, universes, price, orders, fired, closedAt, age, overdue])
        each.reset();
      for (const { strategy, symbol, position: held, price: close, own: account } of state.seats) {
        position.set({ strategy, symbol }, held);
        if (close !== null) price.set({ symbol }, close);
        if (account !== null) own.set({ strategy, symbol }, account.equity);
      }
      for (const { strategy, equity: worth } of state.universes) universes.set({ strategy }, worth);
      for (const each of state.orders) orders.inc({ state: each.state });
      for (const { gate, action, fired: times } of state.gates) fired.inc({ gate, action }, times);
      for (const { symbol, closedAt: last, nextCloseAt } of state.feeds) {
        if (last === null) continue;
        closedAt.set({ symbol }, last / 1_000);
        age.set({ symbol }, (now() - last) / 1_000);
        if (nextCloseAt !== null) overdue.set({ symbol }, Math.max(0, now() - nextCloseAt) / 1_000);
      }
    };
  }

  private journal(): void {
    if (this.options.journal() === null) return;
    const bytes = this.gauge("journal_bytes", "What the journal takes on the disk.", [], () => {
      const found = this.options.journal();
      if (found === null) return;
      bytes.set(found.bytes);
      written.set(found.writtenAt / 1_000);
    });
    const written = this.gauge(
      "journal_last_write_timestamp_seconds",
      "When the journal was written last.",
      [],
    );
  }

  private gauge(name: string, help: string, labelNames: readonly string[], collect?: () => void): Gauge {
    return new this.client.Gauge({ ...this.named(name, help, labelNames), ...(collect && { collect }) });
  }

  private counter(
    name: string,
    help: string,
    labelNames: readonly string[],
    collect?: (counter: Counter) => void,
  ): Counter {
    const counter: Counter = new this.client.Counter({
      ...this.named(name, help, labelNames),
      ...(collect && {
        collect: () => {
          collect(counter);
        },
      }),
    });
    return counter;
  }

  private histogram(name: string, help: string, buckets: readonly number[]): Histogram {
    return new this.client.Histogram({ ...this.named(name, help, []), buckets: [...buckets] });
  }

  private named(name: string, help: string, labelNames: readonly string[]) {
    return { name: `bitfever_${name}`, help, labelNames: [...labelNames], registers: [this.registry] };
  }
}

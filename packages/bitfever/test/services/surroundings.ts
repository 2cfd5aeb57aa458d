import type { GateUse, Hold } from "@bitfever/runtime";
import { utcClock } from "../../src/clock.js";
import type { Redaction } from "../../src/services/redaction.js";
import type { ServiceClock, ServiceContext, ServiceLog } from "../../src/services/service.js";
import type { AccountEvent } from "../../src/trading/account-event.js";
import type { AccountState } from "../../src/trading/account-state.js";

/* What services stand on, in the hands of a test. */

/** A clock that goes on when it is told to. */
export class HandClock implements ServiceClock {
  private readonly timers = new Set<{ readonly at: number; readonly act: () => void }>();

  constructor(private time: number) {}

  readonly now = (): number => this.time;

  readonly after = (ms: number, act: () => void): (() => void) => {
    const timer = { at: this.time + ms, act };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  };

  /** Goes on, and stops at each timer until what that has begun is done. */
  async pass(ms: number): Promise<void> {
    const until = this.time + ms;
    for (;;) {
      await settled();
      const [next] = [...this.timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.timers.delete(next);
      this.time = Math.max(this.time, next.at);
      next.act();
    }
    this.time = until;
    await settled();
  }

  get waiting(): number {
    return this.timers.size;
  }
}

/** What waits for nothing but other code of this process is done. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

export const realClock: ServiceClock = {
  now: utcClock,
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Waits until something holds; a test that waits in vain says for what. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1_500; i++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain until ${what}`);
}

export const start = Date.parse("2026-03-02T12:00:00Z");

export const stateOf = (change: Partial<AccountState> = {}): AccountState => ({
  account: "main",
  time: start,
  capital: 100_000,
  equity: 100_000,
  state: "active",
  holds: [],
  gates: [],
  paused: [],
  isSettled: true,
  seats: [
    {
      ...{ strategy: "Cross", symbol: "A", position: 3, price: 101.5 },
      own: { capital: 100_000, equity: 100_000, cash: 99_695.5, closedTrades: 2 },
    },
  ],
  universes: [],
  orders: [],
  feeds: [{ symbol: "A", closedAt: start, nextCloseAt: start + 900_000 }],
  ...change,
});

export const gateUse: GateUse = {
  ...{ gate: "exposure", per: "account", most: "80%", action: "refuse", fired: 4, last: null },
};

export const holdBy = (by: string, state: Hold["state"] = "halted"): Hold => ({
  ...{ by, gate: null, state, instruction: state === "halted" ? "halt" : "reduce" },
  ...{ reason: `${by}: too much`, since: start, until: "resume" },
});

export interface LogLine {
  readonly level: keyof ServiceLog;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

interface ContextOptions {
  readonly clock: ServiceClock;
  readonly folder?: string | null;
  readonly journal?: string;
  readonly redaction?: Redaction;
  readonly account?: string;
}

/** An account that is what a test says, and what services say to it. */
export class MadeUpAccount {
  state = stateOf();
  readonly lines: LogLine[] = [];
  readonly context: ServiceContext;
  private readonly listeners = new Set<(event: AccountEvent) => void>();

  constructor({ clock, folder = null, journal, redaction, account = "main" }: ContextOptions) {
    const say =
      (level: keyof ServiceLog): ServiceLog["info"] =>
      (text, data) =>
        void this.lines.push({ level, text, data });
    this.context = {
      ...{ account, clock, folder, journal, redaction },
      log: { info: say("info"), warn: say("warn"), error: say("error") },
      state: () => this.state,
      listen: (hear) => {
        this.listeners.add(hear);
        return () => void this.listeners.delete(hear);
      },
      command: async () => ({ outcome: "refused", text: "nobody carries it out" }),
      quit: () => undefined,
    };
  }

  tell(...events: readonly AccountEvent[]): void {
    for (const event of events) for (const hear of this.listeners) hear(event);
  }

  get isHeard(): boolean {
    return this.listeners.size > 0;
  }
}

const seat = { time: start, strategy: "Cross", symbol: "A" } as const;

export const fill = (tradeId: string, change: { time?: number; price?: number } = {}): AccountEvent => ({
  ...{
    ...seat,
    kind: "fill",
    clientId: "bf-1",
    tradeId,
    side: "buy",
    quantity: 3,
    price: 101.5,
    commission: 0.3,
    left: 0,
  },
  ...change,
});

export const order = (clientId: string, time = start): AccountEvent => ({
  ...{
    ...seat,
    time,
    kind: "order",
    clientId,
    orderId: `${start}-up`,
    side: "buy",
    type: "market",
    purpose: "enter",
  },
  ...{ tag: "up", quantity: 3, price: null, replaces: null },
});

export const accepted = (clientId: string): AccountEvent => ({ ...seat, kind: "accepted", clientId });

export const rejected = (reason: string, clientId = "bf-1"): AccountEvent => ({
  ...seat,
  kind: "rejected",
  clientId,
  reason,
});

export const notice = (
  what: Extract<AccountEvent, { kind: "notice" }>["notice"]["what"],
  text: string,
): AccountEvent => ({ kind: "notice", time: start, notice: { what, text, strategy: "Cross", symbol: "A" } });

export const ownAlert = (text: string): AccountEvent => ({ ...seat, kind: "alert", text });

export const barsAt = (closedAt: number, time = closedAt + 250): AccountEvent => ({
  ...{ kind: "bars", time, closedAt },
  bars: [
    {
      ...{ symbol: "A", intervalMs: 900_000 },
      bar: {
        time: closedAt - 900_000,
        open: 100,
        high: 102,
        low: 99,
        close: 101.5,
        volume: 7,
        session_bar: 1,
      },
    },
  ],
});

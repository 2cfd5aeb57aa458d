import { barsOf, instantsOf, setUp, TradingAccount, type Bars, type SetUpOptions } from "../../src/index.js";
import { Commands, type CommandOptions } from "../../src/by-hand/commands.js";
import type { AuditEntry } from "../../src/by-hand/audit.js";
import type { Caller } from "../../src/services/service.js";

/* An account on paper with prices that stand still, and somebody who gives it commands. */

const minute = 60_000;
export const start = Date.parse("2026-03-02T10:00:00Z");

const prices = {
  BTCUSDT: 64_000,
  ETHUSDT: 2_400,
  "SOL/USDT:USDT": 150,
  DOGEUSDT: 0.1,
  XRPUSDT: 0.5,
  XRPUSDC: 0.5,
} as const;

const flat = (symbol: string, price: number, from: number, length: number): Bars => {
  const column = Float64Array.from({ length }, () => price);
  return barsOf(symbol, {
    time: Float64Array.from({ length }, (_, i) => start + (from + i) * minute),
    ...{ open: column, high: column, low: column, close: column },
    volume: new Float64Array(length).fill(1_000_000),
  });
};

const holder = `strategy "Big holder" on 1m {
  enter long when bar_index == 0 { size 0.2 unprotected }
}`;

export const me: Caller = { mouth: "test", who: "me" };

export interface CommandedAccount {
  readonly account: TradingAccount;
  readonly commands: Commands;
  readonly audit: AuditEntry[];
  /** Lets so many bars pass, all prices as they were but those that are given. */
  pass(bars: number, others?: Partial<Record<keyof typeof prices, number>>): void;
  /** Milliseconds pass for who waits for a confirmation. */
  wait(ms: number): void;
  readonly quits: () => number;
}

/** With three bars, of which the first lets a strategy buy 0.2 BTC. */
export function anAccount(
  given: Partial<SetUpOptions> &
    Partial<Pick<CommandOptions, "confirms" | "confirmMs" | "audit">> & {
      readonly journal?: string;
    } = {},
): CommandedAccount {
  const { confirms, confirmMs, audit: keep, journal, ...others } = given;
  const setup = setUp({
    strategies: [{ source: holder, symbols: ["BTCUSDT"] }],
    symbols: Object.keys(prices).map((symbol) => ({ symbol, intervalMs: minute })),
    settings: { initial_capital: 120_000, money_decimals: 2, currency: "USDT" },
    instruments: {
      BTCUSDT: { tick: 0.1, lot: 0.001 },
      ETHUSDT: { tick: 0.01, lot: 0.01 },
      "SOL/USDT:USDT": { tick: 0.01, lot: 0.1 },
      DOGEUSDT: { tick: 0.00001, lot: 1 },
      XRPUSDT: { tick: 0.0001, lot: 1 },
      XRPUSDC: { tick: 0.0001, lot: 1 },
    },
    gates: [{ gate: "max_order_notional", most: 30_000 }],
    byHand: { share: 0.5 },
    ...others,
  });
  const account = TradingAccount.open({ setup, journal });
  const audit: AuditEntry[] = [];
  let [told, now, quits, drawn] = [0, start, 0, 0];
  const commands = new Commands({
    account,
    audit: keep ?? ((entry) => void audit.push(entry)),
    now: () => now,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => (drawn = (drawn * 73 + 41) % 251)),
    ...(confirms && { confirms }),
    ...(confirmMs !== undefined && { confirmMs }),
    quit: () => {
      quits++;
    },
  });
  const pass: CommandedAccount["pass"] = (bars, changed = {}) => {
    const all = { ...prices, ...changed };
    const histories = Object.entries(all).map(([symbol, price]) => flat(symbol, price, told, bars));
    for (const instant of instantsOf(histories, account)) account.tell(instant);
    told += bars;
    now = start + told * minute;
  };
  pass(3);
  return { account, commands, audit, pass, wait: (ms) => void (now += ms), quits: () => quits };
}

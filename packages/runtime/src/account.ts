import type { AccountValue } from "@bitfever/lang";
import {
  purseOf,
  tillOf,
  type AccountValues,
  type Fill,
  type Fraction,
  type Instrument,
  type Ledger,
  type Purse,
  type Till,
  type TradeSide,
} from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";

/** How far the price went while a position was held; decimals. */
interface Excursion {
  readonly side: TradeSide;
  best: number;
  worst: number;
  /** Opened inside a bar that is not over: of that bar only the close is known to come after. */
  isFresh: boolean;
}

/** The account of several sessions: what they are worth together at the close of a moment, in decimal money. */
export interface SharedAccount {
  readonly purse: Purse;
  readonly till: Till;
  /** What was put into it, less what was taken out. */
  capital: number;
  equity: number;
  highest: number;
  maxDrawdown: number;
}

export function sharedAccount(money: Instrument, capital: number): SharedAccount {
  const purse = purseOf(money, capital);
  const till = tillOf(purse.cash);
  return { purse, till, capital, equity: capital, highest: capital, maxDrawdown: 0 };
}

/** What an account is worth when what it holds is worth so much, in steps of money. */
export function settleShared(shared: SharedAccount, marked: number, money: Instrument): void {
  shared.equity = money.moneyDecimal(money.sum(shared.purse.cash, marked));
  shared.highest = Math.max(shared.highest, shared.equity);
  if (shared.highest > 0)
    shared.maxDrawdown = Math.max(shared.maxDrawdown, 1 - shared.equity / shared.highest);
}

/**
 * Money was put into an account that was worth so much, or taken out of it; decimals. The drawdown stays the share it
 * was; of what had nothing there is none.
 */
export function transferShared(shared: SharedAccount, worth: number, amount: number): void {
  shared.capital += amount;
  shared.highest = highestAfter(shared.highest, worth, amount);
}

const highestAfter = (highest: number, worth: number, amount: number): number =>
  worth > 0 ? (highest * (worth + amount)) / worth : worth + amount;

export interface AccountSnapshot {
  readonly capital: number;
  readonly highest: number;
  readonly maxDrawdown: number;
  readonly excursion: Excursion | null;
}

/**
 * The account as a program sees it at the close of a bar. What the ledger knows is read only when it is asked for; what
 * needs every bar (the highest equity, the price since the entry) is kept here.
 */
export class Account implements AccountValues {
  /** What was put into it, less what was taken out. */
  private capital: number;
  private highest: number;
  private maxDrawdown = 0;
  private excursion: Excursion | null = null;
  private close = NaN;
  private bar = 0;
  private worth: number | null = null;

  constructor(
    private readonly ledger: Ledger,
    private readonly instrument: Instrument,
    readonly initial_capital: number,
    /** Whether somebody asks for the drawdown, which needs the equity of every bar. */
    private readonly watchesEquity: boolean,
    private readonly shared: SharedAccount | null = null,
    /** At which money is converted now. */
    private readonly rate: () => Fraction | undefined = () => undefined,
  ) {
    this.capital = initial_capital;
    this.highest = initial_capital;
  }

  /** Hears that money was put into its own account, or taken out, when that was worth so much; decimals. */
  transfer(worth: number, amount: number): void {
    this.capital += amount;
    this.highest = highestAfter(this.highest, worth, amount);
  }

  /** Hears that capital was moved to its part of a larger account, or away from it; decimals. The drawdown stays the share it was. */
  move(before: number, after: number, amount: number): void {
    this.capital += amount;
    this.highest = before > 0 ? (this.highest * after) / before : after;
    this.worth = null;
  }

  /** Hears of a fill, after the ledger has. */
  hear({ effect, side, price, isInside }: Fill): void {
    if (this.ledger.isFlat) this.excursion = null;
    else if (effect === "open" && this.excursion === null) {
      const decimal = this.instrument.priceDecimal(price);
      const isFresh = isInside === true;
      this.excursion = { side: side === "buy" ? "long" : "short", best: decimal, worst: decimal, isFresh };
    }
  }

  /** Hears that the shares it holds were split. */
  split({ numerator, denominator }: Fraction): void {
    if (this.ledger.isFlat) this.excursion = null;
    if (this.excursion === null) return;
    this.excursion.best *= denominator / numerator;
    this.excursion.worst *= denominator / numerator;
  }

  /** Hears of the close of a bar, after its fills. */
  settle({ high, low, close }: ClosedBar, bar: number): void {
    this.close = close;
    this.bar = bar;
    this.worth = null;
    const { excursion } = this;
    if (excursion !== null) {
      const [top, bottom] = excursion.isFresh ? [close, close] : [high, low];
      const isLong = excursion.side === "long";
      excursion.best = isLong ? Math.max(excursion.best, top) : Math.min(excursion.best, bottom);
      excursion.worst = isLong ? Math.min(excursion.worst, bottom) : Math.max(excursion.worst, top);
      excursion.isFresh = false;
    }
    if (!this.watchesEquity || this.shared !== null) return;
    this.highest = Math.max(this.highest, this.equity);
    this.maxDrawdown = Math.max(this.maxDrawdown, this.drawdown);
  }

  get equity(): number {
    return this.shared?.equity ?? (this.worth ??= this.ledger.equity(this.close, this.rate()));
  }

  get cash(): number {
    return this.ledger.cashDecimal;
  }

  get open_profit(): number {
    const { instrument } = this;
    const money = (decimal: number): number => instrument.money(decimal);
    if (this.ledger.isFlat && this.shared === null) return 0;
    const capital = this.shared?.capital ?? this.capital;
    return instrument.moneyDecimal(money(this.equity) - money(capital) - money(this.net_profit));
  }

  get net_profit(): number {
    return this.ledger.record.netProfit;
  }

  get gross_profit(): number {
    return this.ledger.record.grossProfit;
  }

  get gross_loss(): number {
    return this.ledger.record.grossLoss;
  }

  get last_profit(): number {
    return this.ledger.record.lastProfit;
  }

  get drawdown(): number {
    const highest = this.shared?.highest ?? this.highest;
    return highest > 0 ? 1 - this.equity / highest : 0;
  }

  get max_drawdown(): number {
    return this.shared?.maxDrawdown ?? this.maxDrawdown;
  }

  get closed_trades(): number {
    return this.ledger.record.closed;
  }

  get winning_trades(): number {
    return this.ledger.record.wins;
  }

  get losing_trades(): number {
    return this.ledger.record.losses;
  }

  get wins_in_a_row(): number {
    return this.ledger.record.winsInARow;
  }

  get losses_in_a_row(): number {
    return this.ledger.record.lossesInARow;
  }

  get kelly(): number {
    return this.ledger.record.kelly;
  }

  get position_size(): number {
    return this.instrument.quantityDecimal(this.ledger.position);
  }

  get long_size(): number {
    return this.instrument.quantityDecimal(this.ledger.quantity("long"));
  }

  get short_size(): number {
    return this.instrument.quantityDecimal(this.ledger.quantity("short"));
  }

  get position_price(): number {
    return this.ledger.averagePrice(this.side) ?? NaN;
  }

  get long_price(): number {
    return this.ledger.averagePrice("long") ?? NaN;
  }

  get short_price(): number {
    return this.ledger.averagePrice("short") ?? NaN;
  }

  get position_bars(): number {
    return this.barsSince(this.ledger.openedOn(this.side));
  }

  get long_bars(): number {
    return this.barsSince(this.ledger.openedOn("long"));
  }

  get short_bars(): number {
    return this.barsSince(this.ledger.openedOn("short"));
  }

  get open_entries(): number {
    return this.ledger.openEntries(this.side);
  }

  get entry_price(): number {
    return this.ledger.entryPrice(this.side) ?? NaN;
  }

  get best_price(): number {
    return this.excursion?.best ?? NaN;
  }

  get worst_price(): number {
    return this.excursion?.worst ?? NaN;
  }

  get bars_since_exit(): number {
    return this.barsSince(this.ledger.lastExit);
  }

  snapshot(): AccountSnapshot {
    const { capital, highest, maxDrawdown, excursion } = this;
    return structuredClone({ capital, highest, maxDrawdown, excursion });
  }

  restore(snapshot: AccountSnapshot): void {
    this.capital = snapshot.capital;
    this.highest = snapshot.highest;
    this.maxDrawdown = snapshot.maxDrawdown;
    this.excursion = structuredClone(snapshot.excursion);
  }

  /** The side of a position that is one. */
  private get side(): TradeSide {
    return this.ledger.position < 0 ? "short" : "long";
  }

  private barsSince(bar: number | null): number {
    return bar === null ? NaN : this.bar - bar;
  }
}

/** The values that need the equity of every bar. */
export const watchesEquity = (value: AccountValue): boolean =>
  value === "drawdown" || value === "max_drawdown";

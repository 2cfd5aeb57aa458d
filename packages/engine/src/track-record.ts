import type { Instrument } from "./instrument.js";

/** Below it a share of closed trades, or the spread of their profits, says little about a system. */
export const enoughTrades = 30;

/**
 * The share of capital to bet: W − (1 − W) / R, with W the share of trades won and R the average win over the average
 * loss.
 *
 * @source Kelly 1956, "A New Interpretation of Information Rate"
 */
export const kellyFraction = (won: number, payoff: number): number => won - (1 - won) / payoff;

export interface TrackRecordSnapshot {
  readonly closed: number;
  readonly wins: number;
  readonly losses: number;
  readonly winsInARow: number;
  readonly lossesInARow: number;
  readonly lastGain: number | null;
  readonly gained: number;
  readonly lost: number;
}

/** What the closed trades so far add up to, kept as they come; a trade of no profit is neither won nor lost. */
export class TrackRecord {
  closed = 0;
  wins = 0;
  losses = 0;
  winsInARow = 0;
  lossesInARow = 0;
  private lastGain: number | null = null;
  private gained = 0;
  private lost = 0;

  constructor(private readonly instrument: Instrument) {}

  /** Counts a trade that gained or lost money, in the instrument's steps. */
  add(profit: number): void {
    this.closed++;
    this.lastGain = profit;
    if (profit > 0) {
      this.wins++;
      this.winsInARow++;
      this.lossesInARow = 0;
      this.gained = this.instrument.sum(this.gained, profit);
    } else if (profit < 0) {
      this.losses++;
      this.lossesInARow++;
      this.winsInARow = 0;
      this.lost = this.instrument.sum(this.lost, -profit);
    } else {
      this.winsInARow = 0;
      this.lossesInARow = 0;
    }
  }

  /** Decimal money, as all below. */
  get netProfit(): number {
    return this.instrument.moneyDecimal(this.instrument.sum(this.gained, -this.lost));
  }

  get grossProfit(): number {
    return this.instrument.moneyDecimal(this.gained);
  }

  /** Above zero. */
  get grossLoss(): number {
    return this.instrument.moneyDecimal(this.lost);
  }

  /** NaN before the first closed trade. */
  get lastProfit(): number {
    return this.lastGain === null ? NaN : this.instrument.moneyDecimal(this.lastGain);
  }

  /** NaN below 30 closed trades, and while none was won or none lost. */
  get kelly(): number {
    if (this.closed < enoughTrades || this.wins === 0 || this.losses === 0) return NaN;
    return kellyFraction(
      this.wins / this.closed,
      this.grossProfit / this.wins / (this.grossLoss / this.losses),
    );
  }

  snapshot(): TrackRecordSnapshot {
    const { closed, wins, losses, winsInARow, lossesInARow, lastGain, gained, lost } = this;
    return { closed, wins, losses, winsInARow, lossesInARow, lastGain, gained, lost };
  }

  restore(snapshot: TrackRecordSnapshot): void {
    Object.assign(this, snapshot);
  }
}

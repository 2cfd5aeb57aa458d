/** A round trip, or the open half of one; prices and money as decimal numbers, times in milliseconds UTC. */
export interface Trade {
  /** What was traded, where there is more than one. */
  readonly symbol?: string;
  /** Under which ticker it was entered, where that was another than the symbol. */
  readonly ticker?: string;
  readonly side: TradeSide;
  readonly entryBar: number;
  readonly entryTime: number;
  readonly entryPrice: number;
  /** In which its prices are, where that is not the currency of the account. */
  readonly currency?: string;
  /** What money of its prices was worth in that of the account at entry and exit, where they are not the same. */
  readonly entryRate?: number;
  readonly exitRate?: number;
  /**
   * Price × quantity × multiplier at entry in money of the account, before commission. The value at exit is the same
   * there, or, where only the profit is converted, this and the profit.
   */
  readonly entryValue: number;
  readonly entryTag: string;
  readonly exitBar: number | null;
  readonly exitTime: number | null;
  readonly exitPrice: number | null;
  readonly exitValue: number | null;
  /**
   * Why the trade ended: `signal`, `stop`, `target`, `reversal`, `liquidation`, or a `split` that left no whole share; null
   * while it is open.
   */
  readonly exitReason: ExitReason | null;
  readonly exitTag: string | null;
  readonly quantity: number;
  /**
   * New shares for each that was entered, where they were split while it lasted: quantity and entry price are told in the
   * shares of its end, so that price × quantity is still what was paid.
   */
  readonly split?: number;
  /** Net of commissions; marked at the last close while the trade is open. */
  readonly profit: number;
  /** Both sides; the entry's only while the trade is open. */
  readonly commission: number;
}

export type TradeSide = "long" | "short";
export type ExitReason = "signal" | "stop" | "target" | "reversal" | "liquidation" | "split";

/** What made a live run differ from its shadow. */
export const driftCauses = {
  data: "bars that were missing, late or revised",
  signal: "other decisions, or other sizes, from what had differed before",
  fill: "other prices, times or parts of fills, and orders that never filled",
  fee: "other commissions and costs of holding",
  reject: "orders that the venue or a gate refused, and what gates closed",
  manual: "what an operator or the venue did by itself",
} as const;

export type DriftCause = keyof typeof driftCauses;

/** A difference in money: of an entry and what became of it, or of all of a strategy. */
export interface DriftPart {
  readonly cause: DriftCause;
  /** Of the account, as a decimal; above zero where the live run did better. */
  readonly amount: number;
  readonly strategy: string;
  readonly symbol: string;
  /** The entry that it is about; null for what is of no single one. */
  readonly orderId: string | null;
  readonly text: string;
}

/** A bar that the live run heard otherwise than it is in the history. */
export interface BarDrift {
  readonly what: "missing" | "late" | "revised" | "extra";
  readonly symbol: string;
  /** Its stamp, in milliseconds UTC. */
  readonly time: number;
  /** Of a late one, how long after its close it was heard. */
  readonly lateMs?: number;
}

export interface DriftReport {
  readonly schema: "bitfever/drift@1";
  readonly bars: number;
  /** Equity at the last bar, as decimal money. */
  readonly live: number;
  readonly shadow: number;
  /** Live less shadow: what all parts come to. */
  readonly difference: number;
  readonly causes: Readonly<Record<DriftCause, number>>;
  readonly parts: readonly DriftPart[];
  readonly barDrifts: readonly BarDrift[];
}

/** A report for people: what each cause comes to, then part by part, the largest first. */
export function driftText(report: DriftReport): string {
  const { bars, live, shadow, difference, causes, parts, barDrifts } = report;
  const money = (amount: number): string => (amount > 0 ? `+${amount}` : String(amount));
  const lines = [
    `${bars} bars · live ${live} · shadow ${shadow} · difference ${money(difference)}`,
    ...Object.entries(driftCauses).map(
      ([cause, summary]) =>
        `${cause.padEnd(7)} ${money(causes[cause as DriftCause]).padStart(12)}  ${summary}`,
    ),
  ];
  const largest = [...parts].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  for (const { cause, amount, strategy, symbol, orderId, text } of largest)
    lines.push(`${money(amount).padStart(12)}  ${cause}: ${strategy} ${symbol} ${orderId ?? ""} ${text}`);
  for (const { what, symbol, time, lateMs } of barDrifts) {
    const late = lateMs === undefined ? "" : ` by ${lateMs / 1_000} s`;
    lines.push(`bar ${new Date(time).toISOString()} of ${symbol} was ${what}${late}`);
  }
  return `${lines.join("\n")}\n`;
}

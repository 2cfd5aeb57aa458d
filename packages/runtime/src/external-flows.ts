import type { CashFlow, ExternalFlow, Instrument } from "@bitfever/engine";

/** Where money comes in and goes out: a venue, or the account of several. Amounts are in steps of money. */
interface FlowPlace {
  /** What the account is worth at the open of the bar. */
  readonly worth: () => number;
  readonly venue: { readonly free: number; transfer: (amount: number) => void };
  readonly hear: (flow: CashFlow) => void;
}

/**
 * What the holder puts into an account and takes out of it while it runs, asked bar after bar. Each is booked at the
 * first bar that opens at its time or later, before anybody trades in that bar.
 *
 * A withdrawal gets what is free: cash that no position needs, and nothing borrowed. The rest of it lapses, and the
 * entry says what was asked for.
 */
export class ExternalFlows {
  /** When the next one is due; Infinity after the last. */
  next: number;
  private at = 0;
  private readonly flows: readonly ExternalFlow[];

  constructor(
    flows: readonly ExternalFlow[],
    private readonly money: Instrument,
  ) {
    this.flows = [...flows].sort((a, b) => a.time - b.time);
    this.next = this.flows[0]?.time ?? Infinity;
  }

  /** Books those that are due when a bar opens. */
  book(time: number, { worth: worthNow, venue, hear }: FlowPlace): void {
    for (; this.next <= time; this.next = this.flows[++this.at]?.time ?? Infinity) {
      const { amount: given, note } = this.flows[this.at];
      const asked = this.money.money(given);
      const amount = asked < 0 ? 0 - Math.min(-asked, venue.free) : asked;
      const worth = worthNow();
      venue.transfer(amount);
      hear({
        ...{ reason: asked < 0 ? "withdrawal" : "deposit", amount, time, worth },
        ...(amount !== asked && { asked }),
        ...(note !== undefined && { note }),
      });
    }
  }
}

import { isApproved, type DeskCommand, type VenueOrder } from "@bitfever/runtime";

/** Who sees what a desk sends and says, whatever becomes of the process that it lives in. */
export class Witness {
  /** What must not be. */
  readonly problems: string[] = [];
  readonly counts = { lives: 0, trades: 0, orders: 0, unknown: 0, resent: 0, mishaps: 0 };
  /** All that were sent, by client id. */
  readonly sent = new Map<string, VenueOrder>();
  /** By what a strategy calls an order, under which client ids it was sent. */
  readonly ids = new Map<string, Set<string>>();
  /** Strategies that were told that they hold something without a stop. */
  readonly excused = new Set<string>();

  /** @param mayBeUnvetted  where somebody between the desk and the adapter makes mistakes */
  constructor(private readonly mayBeUnvetted: boolean) {}

  sees(order: VenueOrder): void {
    const { strategy, symbol, clientId, order: what } = order;
    this.counts.orders++;
    if (!isApproved(order) && !this.mayBeUnvetted) this.problems.push(`order ${what.id} was sent unvetted`);
    const key = `${strategy} ${symbol} ${what.id}`;
    this.ids.set(key, (this.ids.get(key) ?? new Set()).add(clientId));
    this.sent.set(clientId, order);
  }

  hears(command: DeskCommand): void {
    if (command.kind !== "notice") return;
    const { what, text, strategy = "" } = command.notice;
    if (what === "unknown" || what === "resent") this.counts[what]++;
    // A trail ends with its position: of one that was flat between two trades of an accident nobody moves a stop any more.
    if (what === "unprotected" || (what === "stray" && strategy === "Trail")) this.excused.add(strategy);
    if (what === "halted") this.problems.push(`halted: ${text}`);
  }

  /** What strategies call orders, by their client ids. */
  named(clientIds: readonly string[]): string {
    return clientIds.map((each) => this.sent.get(each)?.order.id ?? each).join() || "none";
  }
}

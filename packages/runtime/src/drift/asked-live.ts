import type { Order } from "@bitfever/engine";
import { clientIdOf } from "../desk/client-id.js";
import type { DeskCommand } from "../desk/command.js";
import type { DeskInput } from "../desk/input.js";
import type { ClosedBars } from "../live/live-trading.js";
import type { DeskRecord } from "../live/runner.js";

/** What stood behind a command: a bar, an operator, or a gate that stops trading. */
type AskedBy = "bars" | "operator" | "gate";

/** How an order came to be asked for in a live run. */
export interface AskedOrder {
  readonly strategy: string;
  readonly symbol: string;
  readonly order: Order;
  readonly by: AskedBy;
  /** How long after the close of its bar that was heard, in milliseconds. */
  readonly lateMs: number;
}

/** What a journal says of a live run, by client ids. */
export class AskedLive {
  readonly orders = new Map<string, AskedOrder>();
  /** Why it was not sent, or not taken. */
  readonly refusals = new Map<string, string>();
  /** Who asked for its end. */
  readonly cancels = new Map<string, AskedBy>();
  readonly bars: (ClosedBars & { readonly at: number })[] = [];
  private heard: readonly DeskInput[] = [];

  constructor(records: Iterable<DeskRecord>) {
    for (const record of records)
      if ("in" in record) this.hear(record.in);
      else for (const command of record.out) this.ask(command, record.out);
  }

  private hear(inputs: readonly DeskInput[]): void {
    this.heard = inputs;
    for (const input of inputs) {
      if (input.kind === "bars") this.bars.push(input);
      if (input.kind === "report" && input.report.kind === "rejected")
        this.refusals.set(input.report.clientId, `the venue: ${input.report.reason}`);
    }
  }

  private ask(command: DeskCommand, all: readonly DeskCommand[]): void {
    switch (command.kind) {
      case "submit":
      case "modify": {
        const { clientId, ...asked } = command.order;
        const { order } = asked;
        if (this.orders.has(clientId)) return;
        const bars = this.heard.find((each) => each.kind === "bars");
        const isLeaving = order.purpose === "exit" && order.tag === "flatten";
        const by = isLeaving ? this.askedBy(all) : "bars";
        this.orders.set(clientId, { ...asked, by, lateMs: bars === undefined ? 0 : bars.at - bars.closedAt });
        return;
      }
      case "cancel":
        this.cancels.set(command.request.clientId, this.askedBy(all));
        return;
      case "notice": {
        const { what, strategy = "", symbol = "", orderId = "", text } = command.notice;
        if (what === "refused") this.refusals.set(clientIdOf(strategy, symbol, orderId), text);
        return;
      }
      case "snapshot":
      case "allocate":
    }
  }

  private askedBy(all: readonly DeskCommand[]): AskedBy {
    if (this.heard.some(({ kind }) => kind === "operator")) return "operator";
    return all.some((each) => each.kind === "notice" && each.notice.what === "halted") ? "gate" : "bars";
  }
}

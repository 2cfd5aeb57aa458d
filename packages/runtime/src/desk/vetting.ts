import type { VenueOrder } from "../contract.js";
import type { Approved, Gatekeeper, Refusal } from "../gates/gatekeeper.js";
import { instructionOf, type Instruction } from "../gates/trading-state.js";
import type { DeskAccount } from "./desk-account.js";
import type { Member } from "./member.js";
import type { Circumstances } from "./occasion.js";
import type { OrderBook } from "./order-book.js";
import { isAtRest } from "./venue-order-life.js";

interface VettingOptions {
  readonly members: readonly Member[];
  readonly book: OrderBook;
  readonly gates: Gatekeeper;
  readonly account: DeskAccount;
  /** Whether what is held is known to be what the venue says. */
  readonly isSettled: () => boolean;
}

export type Vetted =
  | { readonly approved: Approved<VenueOrder> }
  /** With what is to be done besides. */
  | { readonly refusal: string; readonly instruction: Instruction };

/** Whether an order may go out: nothing is opened while something is not known, and the gates have the last word. */
export class Vetting {
  readonly paused = new Set<string>();

  constructor(private readonly options: VettingOptions) {}

  vet(place: number, order: VenueOrder, circumstances: Circumstances): Vetted {
    const doubt = order.order.purpose === "enter" ? this.doubt(place, circumstances) : null;
    if (doubt !== null) return { refusal: doubt, instruction: "pass" };
    const { gates, account } = this.options;
    const proposal = account.proposal(place, order, circumstances);
    const answer = gates.propose(proposal, order, account);
    if ("approved" in answer) return answer;
    const { refused } = answer;
    return { refusal: textOf(refused), instruction: instructionOf(refused.action) };
  }

  /** What `vet` would refuse it for, null for nothing; nothing comes of it. */
  judge(place: number, order: VenueOrder, circumstances: Circumstances): string | null {
    const doubt = order.order.purpose === "enter" ? this.doubt(place, circumstances) : null;
    if (doubt !== null) return doubt;
    const { gates, account } = this.options;
    const refused = gates.judge(account.proposal(place, order, circumstances), account);
    return refused === null ? null : textOf(refused);
  }

  /** Why nothing may be opened, whatever it is. */
  private doubt(place: number, { at, isAgain }: Circumstances): string | null {
    const { members, book, isSettled } = this.options;
    const { strategy, symbol } = members[place];
    // What is sent again was let through before, and counts as there until it is given up.
    if (isAgain) return null;
    if (this.paused.has(strategy)) return `paused: ${strategy} is paused`;
    if (!isSettled()) return "unsettled: the account has not been compared with the venue yet";
    for (const { member, order } of book.lost())
      if (members[member].symbol === symbol) return `unknown: nobody knows what became of order ${order.id}`;
    for (const { order, cancelAskedAt, replacedBy } of book.aliveOf(place)) {
      if (order.purpose !== "enter") continue;
      const isLeaving = cancelAskedAt !== null && cancelAskedAt < at;
      // What was to take its place has ended, perhaps without ever having been there.
      const isLeft = replacedBy !== null && isAtRest(book.find(replacedBy)?.state ?? "absent");
      if (isLeaving || isLeft) return `unconfirmed: the venue has not said that order ${order.id} is gone`;
    }
    return null;
  }
}

const textOf = ({ code, reason }: Refusal): string => `${code}: ${reason}`;

import { claimsOf, isOtherMonth, movesOf, type Part } from "../allocation.js";
import { dayOfClose } from "../day-of-close.js";
import type { Member } from "./member.js";

/** Capital that goes to a strategy, or away from it below zero; steps of money. */
export interface CapitalMove {
  readonly member: number;
  readonly amount: number;
}

export interface CapitalSharesSnapshot {
  readonly day: number;
  readonly claims: readonly number[];
}

/**
 * Moves capital between strategies as a backtest of their portfolio does: at the end of a month each that is on is owed its share
 * of the whole, and at the end of each day what others have free goes there.
 */
export class CapitalShares {
  /** The newest day in UTC on which bars were over, in days since 1970. */
  private day = -Infinity;
  /** What each is to be given still, or below zero to give. */
  private claims: readonly number[];

  constructor(private readonly members: readonly Member[]) {
    this.claims = members.map(() => 0);
  }

  /** Whether bars that are over at an instant are the first of their day. */
  isNewDay(closedAt: number): boolean {
    return dayOfClose(closedAt) > this.day;
  }

  /**
   * What is to be moved now that the day before is over.
   *
   * @param closedAt  when the first bars of the new day are over
   * @param priceOf   the newest price of a symbol
   */
  begin(closedAt: number, priceOf: (symbol: string) => number): readonly CapitalMove[] {
    const [before, day] = [this.day, dayOfClose(closedAt)];
    this.day = day;
    const { members } = this;
    if (!Number.isFinite(before) || members.length < 2) return [];
    const [{ instrument: money }] = members;
    const parts = members.map((each) => partOf(each, priceOf(each.symbol)));
    if (isOtherMonth(before, day)) this.claims = claimsOf(parts, money);
    const moves = movesOf(this.claims, parts, money);
    this.claims = this.claims.map((claim, i) => money.sum(claim, -moves[i]));
    return moves.flatMap((amount, member) => (amount === 0 ? [] : [{ member, amount }]));
  }

  snapshot(): CapitalSharesSnapshot {
    return { day: this.day, claims: [...this.claims] };
  }

  restore({ day, claims }: CapitalSharesSnapshot): void {
    this.day = day;
    this.claims = [...claims];
  }
}

function partOf({ session, instrument, share = 0, equitySwitch }: Member, price: number): Part {
  const worth = worthOf({ session, instrument }, price);
  const free = freeOf({ session, instrument }, price, worth);
  return { worth, free, share, isOn: equitySwitch?.isOn ?? true };
}

type Account = Pick<Member, "session" | "instrument">;

const worthOf = ({ session, instrument }: Account, price: number): number =>
  instrument.sum(session.cash, session.marked(price));

/** What a strategy needs for nothing that it holds, in steps of money. */
export const freeOf = (account: Account, price: number, worth = worthOf(account, price)): number =>
  Math.max(0, Math.min(account.session.cash, worth - account.session.exposure(price)));

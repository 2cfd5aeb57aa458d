import type { Instrument } from "@bitfever/engine";
import { settleShared, type SharedAccount } from "../account.js";
import type { Session } from "../session.js";

/** A member of a universe, as far as what is decided of the whole goes. */
export interface UniverseMember {
  readonly session: Session;
  readonly instrument: Instrument;
  /** Its last close; NaN before its first bar. */
  readonly close: number;
  /** The moment of one of its bars, counted back from the newest, which is 0; undefined before its first. */
  momentAgo(bars: number): number | undefined;
}

/**
 * What the account is worth at the close; who has no bar at the moment counts at its last close, and at the rate of the
 * moment.
 */
export function settleMembers(
  shared: SharedAccount,
  members: readonly Pick<UniverseMember, "session" | "close">[],
  money: Instrument,
  now: number | undefined,
): void {
  const marked = members.reduce((sum, { session, close }) => money.sum(sum, session.marked(close, now)), 0);
  settleShared(shared, marked, money);
}

/** What is held, long and short together, as a share of equity. */
export function heldShare(
  members: readonly Pick<UniverseMember, "session" | "close">[],
  equity: number,
  money: Instrument,
  now: number | undefined,
): number {
  const held = members.reduce((sum, { session, close }) => sum + session.exposure(close, now), 0);
  return held === 0 ? 0 : money.moneyDecimal(held) / equity;
}

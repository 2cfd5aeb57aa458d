import { dayMs, type Instrument } from "@bitfever/engine";

/** A part of an account, in steps of money. */
export interface Part {
  readonly worth: number;
  /** What of it is not bound in a position: of a short one, what it was sold for stays, and as much again. */
  readonly free: number;
  readonly share: number;
  readonly isOn: boolean;
}

/**
 * What each part has to be given, or below zero to give, so that those that are on stand to one another as their shares
 * do and the others have nothing. Where none is on, nothing is to be moved. The sum is exactly zero.
 */
export function claimsOf(parts: readonly Part[], money: Instrument): readonly number[] {
  const shares = parts.reduce((sum, { share, isOn }) => sum + (isOn ? share : 0), 0);
  if (shares === 0) return parts.map(() => 0);
  const total = parts.reduce((sum, { worth }) => money.sum(sum, worth), 0);
  const wanted = divide(
    total,
    parts.map(({ share, isOn }) => (isOn ? share / shares : 0)),
    money,
  );
  return parts.map(({ worth }, i) => money.sum(wanted[i], -worth));
}

/**
 * What is moved of the claims now: what those have free that must give, to those that are to get, in proportion to
 * what each of them is still owed. The sum is exactly zero.
 */
export function movesOf(
  claims: readonly number[],
  parts: readonly Part[],
  money: Instrument,
): readonly number[] {
  const owed = claims.reduce((sum, each) => sum + Math.max(0, each), 0);
  if (!(owed > 0)) return claims.map(() => 0);
  const given = claims.map((claim, i) => Math.min(Math.max(0, -claim), parts[i].free));
  const pool = given.reduce((sum, each) => money.sum(sum, each), 0);
  const received = divide(
    pool,
    claims.map((each) => Math.max(0, each) / owed),
    money,
  );
  return received.map((each, i) => money.sum(each, -given[i]));
}

/** An amount in parts of so much each; the last that gets any takes what rounding leaves. */
function divide(amount: number, portions: readonly number[], money: Instrument): readonly number[] {
  const last = portions.findLastIndex((each) => each > 0);
  let left = amount;
  return portions.map((portion, i) => {
    if (i === last) return left;
    const part = money.money(money.moneyDecimal(amount) * portion);
    left = money.sum(left, -part);
    return part;
  });
}

/** Whether two days, counted since 1970, are of different months in UTC. */
export const isOtherMonth = (day: number, other: number): boolean => monthOf(day) !== monthOf(other);

const monthOf = (day: number): number => {
  const date = new Date(day * dayMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

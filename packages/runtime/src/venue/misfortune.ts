/** What lies between a desk and a venue, and can go wrong there; shares are from 0 up to 1. */
export interface Misfortune {
  /** How long a message takes, in milliseconds: any time between the two. */
  readonly latencyMs: readonly [least: number, most: number];
  /** The share of messages, either way, that never arrive. */
  readonly lost: number;
  /** The share of messages that arrive twice. */
  readonly doubled: number;
  /** The share of orders that the venue refuses. */
  readonly rejected: number;
  /** The share of messages at which the connection breaks. */
  readonly cut: number;
  /** How long it stays so, in milliseconds: up to this. */
  readonly cutMs: number;
}

/** A wire on which nothing is lost, and no time passes. */
export const calm: Misfortune = {
  latencyMs: [0, 0],
  lost: 0,
  doubled: 0,
  rejected: 0,
  cut: 0,
  cutMs: 0,
};

/** Why an exchange does not do what it is asked. */
export type RefusalReason =
  | "unknown_market"
  | "unknown_order"
  | "doubled_client_id"
  | "off_tick"
  | "off_lot"
  | "too_small"
  | "below_notional"
  | "no_funds"
  | "would_take"
  | "would_trigger"
  | "nothing_to_reduce"
  | "not_offered"
  | "incomplete";

/** What an exchange says no to; each protocol has its own numbers for it. */
export class Refusal extends Error {
  constructor(
    readonly reason: RefusalReason,
    text: string,
  ) {
    super(text);
    this.name = "Refusal";
  }
}

/** For whom one limit holds: all together, or each of them for itself. */
export type Per = "account" | "strategy" | "symbol" | "sector";

/** What a rule does when its gate is reached: nothing but refuse the order, or change the state of the account too. */
export type GateAction = "refuse" | "reduce" | "halt" | "flatten";

/** A gate that is to be used, and how. */
export interface GateRule {
  readonly gate: string;
  /** In the unit of the gate: a number, or a text with a unit such as `2%` or `90s`. */
  readonly most?: number | string | undefined;
  /** Of `session_hours`. */
  readonly hours?: SessionHours | undefined;
  /** Of `event_blackout`. */
  readonly events?: readonly BlackoutEvent[] | undefined;
  /** One limit for all that the rule is about, or the same one for each. */
  readonly per?: Per | undefined;
  readonly strategy?: string | undefined;
  readonly symbol?: string | undefined;
  readonly sector?: string | undefined;
  /** Left out, `refuse`. */
  readonly action?: GateAction | undefined;
}

/** When entries may be sent: in the sessions of a calendar, or in windows by the clocks of a zone. */
export type SessionHours =
  { readonly calendar: string } | { readonly zone: string; readonly windows: readonly HoursWindow[] };

export interface HoursWindow {
  /** `HH:MM`. */
  readonly from: string;
  /** `HH:MM`, up to `24:00`, and not in the window any more; one that is not after `from` is of the next day. */
  readonly to: string;
  /** On which a window begins; left out, Monday to Friday. */
  readonly days?: readonly Weekday[] | undefined;
}

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export type Weekday = (typeof weekdays)[number];

/** A time in which no entries are sent: instants with their offset from UTC, or in milliseconds UTC. */
export interface BlackoutEvent {
  readonly name: string;
  readonly from: string | number;
  /** No longer part of it. */
  readonly to: string | number;
}

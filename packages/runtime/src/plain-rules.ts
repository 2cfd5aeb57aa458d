import type { Plan, PlannedEnter, PlannedExit } from "@bitfever/lang";

/** The rules of a plain strategy: market orders for all there is, with a stop and a target at most. */
export interface PlainRules {
  readonly enters: readonly PlannedEnter[];
  readonly exits: readonly PlannedExit[];
}

/** A bit for each rule of one word. */
const mostRules = 32;

/**
 * The rules of a strategy of which no more than one order is ever on its way and one entry open, and which sees nothing
 * of its account; null for any other.
 */
export function plainRulesOf({ rules, nodes, limits, alerts }: Plan): PlainRules | null {
  const isOfBarsAlone = nodes.every((node) => node.kind !== "account" && node.phase === "column");
  if (!isOfBarsAlone || limits.length > 0 || alerts.length > 0) return null;
  const enters = rules.filter((rule) => rule.kind === "enter");
  const exits = rules.filter((rule) => rule.kind === "exit");
  if (enters.length + exits.length < rules.length || rules.length > mostRules) return null;
  return enters.every(isPlainEntry) && exits.every(isPlainExit) ? { enters, exits } : null;
}

const isPlainEntry = ({ form, duration, stop, targets, trail, entries, group }: PlannedEnter): boolean =>
  isAtOpen({ form, duration }) &&
  (stop?.limit ?? null) === null &&
  targets.length <= 1 &&
  targets.every(({ share }) => share === null) &&
  trail === null &&
  entries === 1 &&
  group === null;

const isPlainExit = ({ form, duration, share }: PlannedExit): boolean =>
  isAtOpen({ form, duration }) && share === null;

const isAtOpen = ({ form, duration }: Pick<PlannedExit, "form" | "duration">): boolean =>
  form.kind === "market" && form.at === "open" && duration.kind === "gtc";

import type { Graph } from "./graph.js";
import type { PlannedDuration, PlannedForm, PlannedRule } from "./planned-rule.js";
import type { PlacedExpression, Rule, RuleDuration, RuleForm, TypedExpression } from "./program.js";
import { staticValue, type Known } from "./static.js";

/** A rule with its expressions as columns, and what is known before the run as numbers. */
export function planRule(rule: Rule, graph: Graph, known: Known): PlannedRule {
  const column = (of: TypedExpression): number => graph.column(of);
  const optional = (of: TypedExpression | null): number | null => of && column(of);
  const value = (of: PlacedExpression): number => staticValue(of.value, known) ?? NaN;
  const form = (of: RuleForm): PlannedForm => {
    if (of.kind === "market") return of;
    const price = column(of.price);
    if ("limit" in of) return { kind: of.kind, price, limit: column(of.limit) };
    if (of.kind !== "limit") return { kind: of.kind, price };
    return { kind: of.kind, price, ...(of.isPostOnly ? { isPostOnly: true } : {}) };
  };
  const duration = (of: RuleDuration): PlannedDuration => {
    switch (of.kind) {
      case "bars":
        return { kind: "bars", count: value(of.count) };
      case "span":
        return { kind: "span", length: column(of.length) };
      case "date":
        return { kind: "date", until: column(of.until) };
      default:
        return { kind: of.kind };
    }
  };

  const when = column(rule.when);
  switch (rule.kind) {
    case "cancel":
      return { kind: "cancel", tag: rule.tag, when };
    case "exit":
      return {
        kind: "exit",
        side: rule.side,
        tag: rule.tag,
        when,
        form: form(rule.form),
        duration: duration(rule.duration),
        share: rule.share && value(rule.share),
      };
    case "enter": {
      const { side, tag, size, stop, targets, trail, entries, group } = rule;
      return {
        kind: "enter",
        side,
        tag,
        when,
        form: form(rule.form),
        duration: duration(rule.duration),
        size: { kind: size.kind, value: column(size.value), cap: optional(size.cap) },
        stop: stop && { price: column(stop.price), by: stop.by, limit: optional(stop.limit) },
        targets: targets.map(({ price, by, share }) => ({
          price: column(price),
          by,
          share: share && value(share),
        })),
        trail: trail && {
          distance: column(trail.distance),
          unit: trail.unit,
          after: trail.after && value(trail.after),
          on: trail.on,
        },
        entries: entries === null ? 1 : value(entries),
        group,
      };
    }
  }
}

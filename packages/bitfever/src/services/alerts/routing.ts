import type { Alert } from "./alert.js";
import { kindOf, type AlertName } from "./alert-kinds.js";
import { isAtLeast, type Level } from "./level.js";
import type { AlertRule } from "./options.js";
import { fillIn } from "./template.js";

/** What goes to a channel of an alert. */
interface Routed {
  readonly channel: string;
  readonly level: Level;
  readonly template: string;
}

/** Whom an alert is told: of the rules that are about it the first that names a channel says how. */
export function routesOf(rules: readonly AlertRule[], { kind, values }: Alert): readonly Routed[] {
  const routes = new Map<string, Routed>();
  const own = kindOf(kind);
  for (const rule of rules) {
    const level = rule.level ?? own.level;
    const isMeant =
      rule.when.includes(kind) &&
      isAtLeast(level, rule.at_least) &&
      (rule.strategy?.includes(values["strategy"] ?? "") ?? true);
    if (!isMeant) continue;
    for (const channel of rule.to)
      if (!routes.has(channel))
        routes.set(channel, { channel, level, template: rule.template ?? own.template });
  }
  return [...routes.values()];
}

/** What any rule is about: nothing else has to be looked at. */
export const kindsOf = (rules: readonly AlertRule[]): ReadonlySet<AlertName> =>
  new Set(rules.flatMap(({ when }) => when));

/**
 * The text of an alert.
 *
 * @param repeats  how often it came again since it was told; said where the template does not have `{count}`
 */
export function textOf(template: string, values: Readonly<Record<string, string>>, repeats: number): string {
  const text = fillIn(template, { ...values, count: String(Math.max(1, repeats)) });
  if (repeats === 0 || template.includes("{count}")) return text;
  return `${text} (${repeats === 1 ? "once more" : `${repeats} more times`})`;
}

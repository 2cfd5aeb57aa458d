import { BitFeverError, nearest } from "@bitfever/lang";
import { gates } from "./catalogue/index.generated.js";
import type { Gate, GateCheck, Scope } from "./gate.js";
import type { GateAction, GateRule, Per } from "./gate-rule.js";

/** A rule whose gate is found and whose limit is read. */
export interface CheckedRule {
  readonly rule: GateRule;
  readonly gate: Gate;
  readonly check: GateCheck;
  /** What an order must be for the rule to be about it. */
  readonly scope: Scope;
  readonly per: Per;
  readonly action: GateAction;
  /** Names the rule in a snapshot: a limit may change from one run to the next, and what it has counted stays. */
  readonly key: string;
}

const actions: readonly GateAction[] = ["refuse", "reduce", "halt", "flatten"];
const limitFields: readonly string[] = ["most", "hours", "events"];
const fields = ["gate", "most", "hours", "events", "per", "strategy", "symbol", "sector", "action"];
const filters = ["strategy", "symbol", "sector"] as const;

/**
 * Rules as they are configured, each with the gate it is about.
 *
 * @param own  gates that are not of the catalogue
 * @throws BitFeverError BF5170 for an unknown gate, BF5171 for an unknown field, BF5172 for a limit that is none or not of the
 *   gate's unit, BF5173 for an unknown action, BF5174 for a scope the gate does not have, BF5175 and BF5176 for hours and
 *   events, BF5040 for an unknown zone, BF5044 for an unknown calendar
 */
export function checkRules(rules: readonly GateRule[], own: readonly Gate[] = []): readonly CheckedRule[] {
  if (!Array.isArray(rules))
    throw new BitFeverError("BF5170", "there are no gate rules", {
      hint: 'rules are a list such as `[{ gate: "drawdown", most: "15%", action: "halt" }]`',
    });
  const seen = new Map<string, number>();
  return (rules as readonly GateRule[]).map((rule, i) => {
    const checked = checkRule(rule, `gate rule ${i + 1}`, [...gates, ...own]);
    // The same gate in the same scope twice: a first limit that reduces, and a second that halts.
    const before = seen.get(checked.key) ?? 0;
    seen.set(checked.key, before + 1);
    return { ...checked, key: `${checked.key} ${before}` };
  });
}

function checkRule(rule: GateRule, at: string, known: readonly Gate[]): CheckedRule {
  const gate = gateOf(rule, at, known);
  const place = `${at}, \`${gate.name}\``;
  for (const field of Object.keys(rule)) {
    if (!fields.includes(field))
      throw new BitFeverError("BF5171", `${place}: there is no field \`${field}\``, {
        hint: suggestion(field, fields),
      });
    if (limitFields.includes(field) && field !== limitFieldOf(gate))
      throw new BitFeverError("BF5171", `${place}: it has no \`${field}\``, {
        hint: `its limit is \`${limitFieldOf(gate)}\``,
      });
  }
  const { action = "refuse" } = rule;
  if (!actions.includes(action))
    throw new BitFeverError("BF5173", `${place}: \`action\` cannot be ${written(action)}`, {
      hint: `it is one of ${actions.join(", ")}`,
    });
  const scope = scopeOf(rule, gate, place);
  const per = perOf(rule, gate, place);
  const key = JSON.stringify([gate.name, per, ...filters.map((each) => scope[each] ?? null)]);
  return { rule, gate, check: gate.read(rule, place), scope, per, action, key };
}

function gateOf(rule: GateRule, at: string, known: readonly Gate[]): Gate {
  const name: unknown = typeof rule === "object" && rule !== null ? rule.gate : rule;
  const found = known.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = known.map((each) => each.name);
  const message = typeof name === "string" ? `there is no gate \`${name}\`` : "it names no gate";
  throw new BitFeverError("BF5170", `${at}: ${message}`, {
    hint: suggestion(typeof name === "string" ? name : "", names),
  });
}

function scopeOf(rule: GateRule, gate: Gate, place: string): Scope {
  const scope: { -readonly [Name in keyof Scope]: string } = {};
  for (const name of filters) {
    const value: unknown = rule[name];
    if (value === undefined) continue;
    if (gate.per.length === 0)
      throw new BitFeverError("BF5174", `${place}: it looks at the account as a whole, not at a ${name}`, {
        hint: `leave \`${name}\` out`,
      });
    if (typeof value !== "string" || value === "")
      throw new BitFeverError("BF5174", `${place}: \`${name}\` cannot be ${written(value)}`, {
        hint: `it is the name of a ${name}`,
      });
    scope[name] = value;
  }
  return scope;
}

function perOf({ per }: GateRule, gate: Gate, place: string): Per {
  if (per === undefined) return gate.per[0] ?? "account";
  if (gate.per.includes(per)) return per;
  throw new BitFeverError("BF5174", `${place}: \`per\` cannot be ${written(per)}`, {
    hint: gate.per.length === 0 ? "leave it out" : `it is one of ${gate.per.join(", ")}`,
  });
}

const limitFieldOf = ({ unit }: Gate): string => (unit === "hours" || unit === "events" ? unit : "most");

/** What was given may be anything: it comes from a file. */
const written = (value: unknown): string => JSON.stringify(value) ?? "nothing";

function suggestion(word: string, words: readonly string[]): string {
  const found = nearest(word, words);
  return found === undefined ? `there are ${words.join(", ")}` : `did you mean \`${found}\`?`;
}

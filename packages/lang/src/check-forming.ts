import { diagnostic, type Diagnostic } from "./diagnostic.js";
import {
  expressionsOfRebalance,
  expressionsOfRule,
  namesIn,
  partsOf,
  type Program,
  type TypedExpression,
} from "./program.js";
import type { Span } from "./source.js";

/** What has not closed may change its mind until it does: orders read it only where the strategy says so. */
export function judgeForming(program: Program, report: (diagnostic: Diagnostic) => void): void {
  if (program.allowsForming) return;
  const values = new Map(program.lets.map((each) => [each.name, each.value]));
  const roots = [
    ...program.rules.flatMap(expressionsOfRule),
    ...(program.universe?.rebalances.flatMap(expressionsOfRebalance) ?? []),
  ];
  const names = new Set(roots.flatMap((each) => [...namesIn(each).lets]));
  const reached: TypedExpression[] = [...roots];
  // A set that grows while it is walked.
  for (const name of names) {
    const value = values.get(name);
    if (value === undefined) continue;
    reached.push(value);
    for (const each of namesIn(value).lets) names.add(each);
  }
  const seen = new Set<string>();
  for (const { start, end } of reached.flatMap(formingIn)) {
    if (seen.has(`${start} ${end}`)) continue;
    seen.add(`${start} ${end}`);
    const word = { start, end: start + "forming".length };
    const fix = { title: "read the last closed bar: `latest`", edits: [{ span: word, text: "latest" }] };
    report(diagnostic("BF2106", { start, end }, {}, { fix }));
  }
}

function formingIn(of: TypedExpression): Span[] {
  const found: Span[] = [];
  const open = [of];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each.kind === "forming") found.push(each.span);
    open.push(...partsOf(each));
  }
  return found;
}

import type { AlertDeclaration, LimitDeclaration, PlotDeclaration } from "./ast.js";
import type { RuleContext } from "./check-orders.js";
import { checkSingle } from "./single.js";
import { diagnostic } from "./diagnostic.js";
import { replacing, textOf } from "./fixes.js";
import { nearest } from "./nearest.js";
import { parseExpression } from "./parse.js";
import { plotStyles, type Alert, type LimitRule, type Plot, type PlotStyle } from "./program.js";
import type { PlannedLimit } from "./planned-rule.js";
import type { Scope } from "./scope.js";
import { moved } from "./span.js";
import { bool, number, type ValueType } from "./type.js";
import { units } from "./unit.js";

interface LimitMeasure {
  readonly type: ValueType;
  readonly action: PlannedLimit["action"];
}

const ratio = number(units.ratio);

/** What can be limited, in what unit, and what happens then unless the program says something else. */
const measures: Readonly<Record<PlannedLimit["measure"], LimitMeasure>> = {
  drawdown: { type: ratio, action: "halt" },
  day_loss: { type: ratio, action: "flatten" },
  position: { type: number(units.quantity), action: "block" },
  exposure: { type: ratio, action: "block" },
  orders: { type: ratio, action: "block" },
  losses: { type: ratio, action: "block" },
};
const actions = ["block", "flatten", "halt"] as const satisfies readonly PlannedLimit["action"][];

export const limitMeasures = Object.keys(measures);

const isMeasure = (name: string): name is PlannedLimit["measure"] => Object.hasOwn(measures, name);

export function checkLimit(of: LimitDeclaration, { typedStatic, report }: RuleContext): LimitRule | null {
  const { name, span } = of.measure;
  if (!isMeasure(name)) {
    const fix = replacing(span, nearest(name, limitMeasures));
    const hint = fix === undefined ? `what can be limited is ${limitMeasures.join(", ")}` : undefined;
    report(diagnostic("BF3013", span, { what: "limit", name }, { hint, fix }));
    return null;
  }
  const action =
    of.action === null ? measures[name].action : actions.find((each) => each === of.action?.name);
  if (action === undefined) {
    const fix = replacing(of.action?.span ?? span, nearest(of.action?.name ?? "", actions));
    const hint = fix === undefined ? `a limit can ${actions.join(", ")}` : undefined;
    const what = { what: "action of a limit", name: of.action?.name ?? "" };
    report(diagnostic("BF3013", of.action?.span ?? span, what, { hint, fix }));
    return null;
  }
  const value = typedStatic(of.most, measures[name].type, "a limit");
  return value && { measure: name, most: { value, span: of.most.span }, action };
}

/** A text with values in braces: `"breakout at {close}"`. */
export function checkAlert(of: AlertDeclaration, scope: Scope, { typed }: RuleContext): Alert | null {
  const when = typed(of.when, bool);
  const raw = scope.source.text.slice(of.textSpan.start + 1, of.textSpan.end - 1);
  const parts: Alert["text"][number][] = [];
  let isFine = true;
  for (const { 0: whole, 1: inner, index } of raw.matchAll(/\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (inner === undefined) {
      parts.push(whole.replaceAll(/\\(.)/g, (_, letter: string) => ({ n: "\n", t: "\t" })[letter] ?? letter));
      continue;
    }
    const start = of.textSpan.start + 1 + index + 1;
    const parsed = parseExpression({ name: scope.source.name, text: inner });
    // Places in the piece are places in the file.
    const { expression, diagnostics } = moved(parsed, start);
    for (const each of diagnostics) scope.report(each);
    const value = expression && checkSingle(expression, scope);
    if (value === null) isFine = false;
    else parts.push(scope.elaboration.bind("alert", value, scope.clock));
  }
  return when === null || !isFine ? null : { when, text: parts };
}

/** The named colours of charts; any other CSS name would look different in each theme. */
export const colors = [
  "blue",
  "green",
  "red",
  "orange",
  "purple",
  "teal",
  "yellow",
  "gray",
  "black",
  "white",
] as const;

export function checkPlot(of: PlotDeclaration, scope: Scope, { report }: RuleContext): Plot | null {
  const value = checkSingle(of.value, scope);
  const pick = <Name extends string>(
    what: string,
    given: PlotDeclaration["styles"],
    names: readonly Name[],
  ): Name | null => {
    const [first] = given;
    if (first === undefined) return null;
    const found = names.find((each) => each === first.name);
    if (found !== undefined) return found;
    const fix = replacing(first.span, nearest(first.name, names));
    const hint = fix === undefined ? `there are ${names.join(", ")}` : undefined;
    report(diagnostic("BF3013", first.span, { what, name: first.name }, { hint, fix }));
    return null;
  };
  const style: PlotStyle | null = pick("style of a plot", of.styles, plotStyles);
  const color = pick("colour", of.colors, colors);
  if (value === null) return null;
  const title = of.title ?? textOf(of.value, scope.source);
  return {
    title,
    value: scope.elaboration.bind("plot", value, scope.clock),
    style: style ?? (value.type.kind === "bool" ? "background" : "line"),
    color,
    width: Number(of.widths[0]?.name ?? 1),
    pane: of.panes[0] ?? null,
  };
}

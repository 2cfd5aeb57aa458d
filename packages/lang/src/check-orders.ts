import type { CostsDeclaration, EnterDeclaration, Expression, SizeClause } from "./ast.js";
import { diagnostic, type Diagnostic, type DiagnosticDetails } from "./diagnostic.js";
import type { CostClauses, EnterRule, PlacedExpression, TypedExpression, TypedSize } from "./program.js";
import { bool, number, type ValueType } from "./type.js";
import { units } from "./unit.js";

/** An expression of a type, or null and a report. */
export type Typed = (of: Expression, type: ValueType, details?: DiagnosticDetails) => TypedExpression | null;
/** The same, known before the run. */
export type TypedStatic = (of: Expression, type: ValueType, what: string) => TypedExpression | null;
type Report = (diagnostic: Diagnostic) => void;

const fullEquity: TypedSize = {
  kind: "equity",
  value: { kind: "constant", value: 1, type: number(units.ratio) },
  cap: null,
  span: { start: 0, end: 0 },
};

export function checkEnter(of: EnterDeclaration, typed: Typed, report: Report): EnterRule | null {
  const price = number(units.price);
  once("the size", of.sizes, report);
  once("the stop", of.stops, report);
  once("the target", of.targets, report);
  const when = typed(of.when, bool);
  const [stop = null] = of.stops;
  const [target = null] = of.targets;
  const [size] = of.sizes;
  const mayHaveStop = stop !== null || !of.isComplete;
  const checked = size === undefined ? fullEquity : checkSize(size, mayHaveStop, typed, report);
  const away = (sign: "+" | "-"): DiagnosticDetails => ({
    hint: `write a price, such as \`close * (1 ${sign} 5%)\``,
  });
  const stopPrice = stop && typed(stop, price, away(of.side === "long" ? "-" : "+"));
  const targetPrice = target && typed(target, price, away(of.side === "long" ? "+" : "-"));
  const [unprotected] = of.unprotected;
  if (stop !== null && unprotected !== undefined) {
    const fix = { title: "leave out `unprotected`", edits: [{ span: unprotected, text: "" }] };
    report(diagnostic("BF3012", unprotected, {}, { labels: [{ span: stop.span, text: "the stop" }], fix }));
  }
  if (stop === null && unprotected === undefined && of.isComplete) {
    const open = of.sizes.length + of.targets.length > 0;
    const hint = `add \`stop at …\`${open ? "" : " in braces after the condition"}, or \`unprotected\` if it is meant`;
    report(diagnostic("BF3001", of.keyword, { side: of.side }, { hint }));
  }
  if (when === null || checked === null) return null;
  return {
    kind: "enter",
    side: of.side,
    tag: of.tag ?? of.side,
    when,
    size: checked,
    stop: stopPrice,
    target: targetPrice,
  };
}

function checkSize(of: SizeClause, mayHaveStop: boolean, typed: Typed, report: Report): TypedSize | null {
  const ratio = number(units.ratio);
  if (of.cap !== null) warnOfShare("this cap", of.cap, { above: 1, of: "equity" }, report);
  const cap = of.cap && typed(of.cap, ratio);
  if (of.kind === "units" && of.value.kind === "call" && of.value.callee.name === "risk") {
    if (!mayHaveStop) report(diagnostic("BF3009", of.value.span, {}));
    const [stake, ...more] = of.value.arguments;
    if (stake?.name !== null || more.length > 0) {
      const problem = "`risk` takes one value, the share of equity to lose at the stop";
      report(diagnostic("BF2005", of.value.span, { name: "risk", problem, usage: "risk(1%)" }));
      return null;
    }
    warnOfShare("this risk", stake.value, { above: 0.2, of: "equity" }, report);
    const value = typed(stake.value, ratio);
    return value && { kind: "risk", value, cap, span: stake.value.span };
  }
  if (of.kind === "equity" && of.value.kind === "call" && of.value.callee.name === "risk") {
    const problem = "`risk` is a share of equity as it is";
    report(diagnostic("BF2005", of.value.span, { name: "risk", problem, usage: "size risk(1%)" }));
    return null;
  }
  if (of.kind === "equity") warnOfShare("this size", of.value, { above: 1, of: "equity" }, report);
  const value =
    of.kind === "equity"
      ? typed(of.value, ratio, { hint: "write a share, such as `20% of equity`" })
      : typed(of.value, number(units.quantity), { hint: "a share of the account is `size 20% of equity`" });
  return value && { kind: of.kind, value, cap, span: of.value.span };
}

export function checkCosts(
  given: readonly CostsDeclaration[],
  typedStatic: TypedStatic,
  report: Report,
): CostClauses {
  const ratio = number(units.ratio);
  const commissions = given.flatMap((each) => each.commissions);
  const slippages = given.flatMap((each) => each.slippages);
  once("the commission", commissions, report);
  once("the slippage", slippages, report);
  for (const each of commissions)
    warnOfShare("this commission", each, { above: 0.01, of: "the trade" }, report);
  for (const each of slippages) warnOfShare("this slippage", each, { above: 0.01, of: "the price" }, report);
  const placed = (of: Expression, what: string): PlacedExpression | null => {
    const value = typedStatic(of, ratio, what);
    return value && { value, span: of.span };
  };
  const [commission = null] = commissions.map((each) => placed(each, "a commission"));
  const [slippage = null] = slippages.map((each): CostClauses["slippage"] => {
    if (each.kind === "number" && each.unit === "ticks") {
      const value: TypedExpression = { kind: "constant", value: each.value, type: ratio };
      return { unit: "ticks", value, span: each.span };
    }
    const value = placed(each, "a slippage");
    return value && { unit: "ratio", ...value };
  });
  return { commission, slippage };
}

/** A plain number where a percentage was probably meant. */
function warnOfShare(
  what: string,
  of: Expression,
  limit: { readonly above: number; readonly of: string },
  report: Report,
): void {
  if (of.kind !== "number" || of.unit !== null || of.value <= limit.above) return;
  const percent = Number((of.value * 100).toPrecision(12));
  const edits = [{ span: { start: of.span.end, end: of.span.end }, text: "%" }];
  const fix = { title: `write \`${of.value}%\``, edits };
  report(diagnostic("BF3011", of.span, { what, share: `${percent}% of ${limit.of}` }, { fix }));
}

function once(what: string, given: readonly (Expression | SizeClause)[], report: Report): void {
  const [first, second] = given;
  if (first === undefined || second === undefined) return;
  report(diagnostic("BF3010", second.span, { what }, { labels: [{ span: first.span, text: "first here" }] }));
}

import type {
  Duration,
  EnterDeclaration,
  ExitDeclaration,
  Expression,
  FillsDeclaration,
  Name,
  OrderForm,
  SizeClause,
  StopClause,
  TargetClause,
} from "./ast.js";
import { diagnostic, type Diagnostic, type DiagnosticDetails } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { nearest } from "./nearest.js";
import type {
  EnterRule,
  ExitRule,
  FillClauses,
  PlacedExpression,
  RuleDuration,
  RuleForm,
  RulePrice,
  TypedExpression,
  TypedSize,
} from "./program.js";
import type { Span } from "./source.js";
import { bool, fits, instant, number, type ValueType } from "./type.js";
import { units } from "./unit.js";

/** An expression of a type, or null and a report. */
export type Typed = (of: Expression, type: ValueType, details?: DiagnosticDetails) => TypedExpression | null;
/** The same, known before the run. */
export type TypedStatic = (of: Expression, type: ValueType, what: string) => TypedExpression | null;
type Report = (diagnostic: Diagnostic) => void;

/** How the expressions of a rule are checked. */
export interface RuleContext {
  /** An expression of whatever type it has. */
  readonly value: (of: Expression) => TypedExpression | null;
  readonly typed: Typed;
  readonly typedStatic: TypedStatic;
  readonly report: Report;
}

const price = number(units.price);
const ratio = number(units.ratio);

const fullEquity: TypedSize = {
  kind: "equity",
  value: { kind: "constant", value: 1, type: ratio },
  cap: null,
  span: { start: 0, end: 0 },
};

export function checkEnter(of: EnterDeclaration, context: RuleContext): EnterRule | null {
  const { typed, report } = context;
  once("the size", of.sizes, report);
  once(
    "the stop",
    of.stops.map((each) => each.price),
    report,
  );
  once("the trailing stop", of.trails, report);
  once("how long the order is good for", of.durations, report);
  once(
    "the number of entries",
    of.pyramids.map((each) => ({ span: each.span })),
    report,
  );
  once("the group", of.groups, report);
  const when = typed(of.when, bool);
  const form = checkForm(of.form, typed);
  const duration = checkDuration(of.durations[0], context);
  const [stop = null] = of.stops;
  const [trail = null] = of.trails;
  const [size] = of.sizes;
  const mayHaveStop = stop !== null || trail !== null || !of.isComplete;
  const checked = size === undefined ? fullEquity : checkSize(size, mayHaveStop, typed, report);
  const away = (sign: "+" | "-"): DiagnosticDetails => ({
    hint: `write a price, such as \`close * (1 ${sign} 5%)\`, or a distance from the fill: \`by 5%\``,
  });
  const behind = away(of.side === "long" ? "-" : "+");
  const ahead = away(of.side === "long" ? "+" : "-");
  const stopPrice = stop && checkPlace(stop, behind, context);
  const limit = stop?.limit ?? null;
  const stopLimit = limit && typed(limit, price, behind);
  const targets = of.targets.map((each) => ({
    place: checkPlace(each, ahead, context),
    share: each.share && checkShare(each.share, "a part taken at a target", context),
    isMissing: each.share !== null,
  }));
  judgeTargets(of, report);
  const distance = trail && checkDistance(trail.distance, context);
  const multiple = trail?.after ?? null;
  const after = multiple && checkRisk(multiple, context);
  const entries = of.pyramids.map((each) => checkCount(each, "a number of entries", context));
  warnOfProtection(of, report);
  const isFine =
    (stop === null || stopPrice !== null) &&
    (limit === null || stopLimit !== null) &&
    (trail === null || distance !== null) &&
    (multiple === null || after !== null) &&
    !entries.includes(null);
  const found = targets.flatMap(({ place, share, isMissing }) =>
    place === null || (isMissing && share === null) ? [] : { ...place, share },
  );
  if (when === null || checked === null || form === null || duration === null || !isFine) return null;
  if (found.length < targets.length) return null;
  return {
    kind: "enter",
    side: of.side,
    tag: of.tag ?? of.side,
    when,
    form,
    duration,
    size: checked,
    stop: stopPrice && { ...stopPrice, limit: stopLimit },
    targets: found,
    trail: trail === null || distance === null ? null : { ...distance, after, on: trail.on },
    entries: entries[0] ?? null,
    group: of.groups[0]?.name ?? null,
  };
}

export function checkExit(of: ExitDeclaration, context: RuleContext): ExitRule | null {
  once(
    "the part to take",
    of.shares.map((each) => ({ span: each.span })),
    context.report,
  );
  once("how long the order is good for", of.durations, context.report);
  const when = context.typed(of.when, bool);
  const form = checkForm(of.form, context.typed);
  const duration = checkDuration(of.durations[0], context);
  const [given = null] = of.shares;
  const share = given && checkShare(given, "the part to take", context);
  if (when === null || form === null || duration === null || (given !== null && share === null)) return null;
  return { kind: "exit", side: of.side, tag: of.tag ?? "exit", when, form, duration, share };
}

function checkForm(of: OrderForm | null, typed: Typed): RuleForm | null {
  if (of === null) return { kind: "market", at: "open" };
  if (of.kind === "market") return { kind: "market", at: of.at };
  const hint = { hint: "write a price, such as `close * (1 - 1%)`" };
  const at = typed(of.price, price, hint);
  if (of.kind === "limit") return at && { kind: of.kind, price: at, isPostOnly: of.isPostOnly };
  if (!("limit" in of)) return at && { kind: of.kind, price: at };
  const limit = typed(of.limit, price, hint);
  return at && limit && { kind: of.kind, price: at, limit };
}

/** Where a stop or target stands: at a price, or so far from the fill. */
function checkPlace(
  { price: of, isDistance }: StopClause | TargetClause,
  details: DiagnosticDetails,
  context: RuleContext,
): RulePrice | null {
  if (!isDistance) {
    const at = context.typed(of, price, details);
    return at && { price: at, by: null };
  }
  const found = checkDistance(of, context);
  return found && { price: found.distance, by: found.unit };
}

/** How far a trailing stop stands behind: in price, or as a share of the best price. */
function checkDistance(
  of: Expression,
  { value, typed }: RuleContext,
): { readonly distance: TypedExpression; readonly unit: "price" | "ratio" } | null {
  const found = value(of);
  if (found === null) return null;
  const isShare = found.type.kind === "number" && found.type.unit !== null && fits(found.type, ratio);
  if (isShare) return { distance: found, unit: "ratio" };
  const distance = typed(of, price, {
    hint: "write a distance in price, such as `3 * atr(20)`, or a share of the price, such as `2%`",
  });
  return distance && { distance, unit: "price" };
}

function checkDuration(of: Duration | undefined, context: RuleContext): RuleDuration | null {
  if (of === undefined) return { kind: "gtc" };
  if (of.kind === "date") {
    const hint = "write a moment, such as `time + 5d`";
    const until = context.typed(of.until, instant, { hint });
    return until && { kind: "date", until };
  }
  if (of.kind !== "for") return { kind: of.kind };
  const found = context.value(of.length);
  if (found !== null && fits(found.type, number(units.duration)) && !fits(found.type, number(units.bars)))
    return { kind: "span", length: found };
  const count = found && checkCount(of.length, "a number of bars", context);
  return count && { kind: "bars", count };
}

/** A whole number that is known before the run; what it may be is judged when it has a value. */
function checkCount(of: Expression, what: string, { typedStatic }: RuleContext): PlacedExpression | null {
  const type = number(units.bars);
  const value =
    of.kind === "number" && of.unit === "bars" ? typedStatic(of, type, what) : countOf(of, what, typedStatic);
  return value && { value, span: of.span };
}

/** Counts are plain numbers or bars: `good for n` with `param n: bars`. */
function countOf(of: Expression, what: string, typedStatic: TypedStatic): TypedExpression | null {
  return typedStatic(of, { kind: "number", unit: null }, what);
}

function checkShare(of: Expression, what: string, { typedStatic }: RuleContext): PlacedExpression | null {
  const value = typedStatic(of, ratio, what);
  return value && { value, span: of.span };
}

function checkRisk(of: Expression, { typedStatic }: RuleContext): PlacedExpression | null {
  const value = typedStatic(of, ratio, "a multiple of the risk");
  return value && { value, span: of.span };
}

/** Only the last target may leave its part open: it takes what is left. */
function judgeTargets(of: EnterDeclaration, report: Report): void {
  const open = of.targets.filter((each) => each.share === null);
  const [first, second] = open;
  if (first !== undefined && second !== undefined)
    report(
      diagnostic(
        "BF3010",
        second.span,
        { what: "a target for all that is left" },
        {
          labels: [{ span: first.span, text: "first here" }],
          hint: "say how much each takes: `target at … take 50%`",
        },
      ),
    );
}

function warnOfProtection(of: EnterDeclaration, report: Report): void {
  const protection: { readonly span: Span } | undefined = of.stops[0]?.price ?? of.trails[0];
  const [unprotected] = of.unprotected;
  if (protection !== undefined && unprotected !== undefined) {
    const fix = {
      title: "leave out `unprotected`",
      edits: of.unprotected.map((span) => ({ span, text: "" })),
    };
    const labels = [{ span: protection.span, text: "the stop" }];
    report(diagnostic("BF3012", unprotected, {}, { labels, fix }));
  } else
    once(
      "`unprotected`",
      of.unprotected.map((span) => ({ span })),
      report,
    );
  if (protection !== undefined || unprotected !== undefined || !of.isComplete) return;
  const open = of.sizes.length + of.targets.length > 0;
  const hint = `add \`stop at …\`${open ? "" : " in braces after the condition"}, or \`unprotected\` if it is meant`;
  report(diagnostic("BF3001", of.keyword, { side: of.side }, { hint }));
}

function checkSize(of: SizeClause, mayHaveStop: boolean, typed: Typed, report: Report): TypedSize | null {
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
    of.kind === "money"
      ? typed(of.value, number(units.money), { hint: "write an amount, such as `worth 5_000`" })
      : of.kind === "equity"
        ? typed(of.value, ratio, { hint: "write a share, such as `20% of equity`" })
        : typed(of.value, number(units.quantity), { hint: "a share of the account is `size 20% of equity`" });
  return value && { kind: of.kind, value, cap, span: of.value.span };
}

export function checkFills(
  given: readonly FillsDeclaration[],
  { paths, profiles }: { readonly paths: readonly string[]; readonly profiles: readonly string[] },
  context: RuleContext,
): FillClauses {
  const { typedStatic, report } = context;
  once("how orders are filled", given, report);
  once(
    "the path",
    given.flatMap((each) => each.paths),
    report,
  );
  once(
    "the profile",
    given.flatMap((each) => each.profiles),
    report,
  );
  const only = (
    name: string,
    of: (each: FillsDeclaration) => readonly Expression[],
  ): Expression | undefined => {
    const found = given.flatMap(of);
    once(name, found, report);
    return found[0];
  };
  const [path] = given.flatMap((each) => each.paths);
  const [profile] = given.flatMap((each) => each.profiles);
  const through = only("how far beyond a limit", (each) => each.throughs);
  const volume = only("the share of the volume", (each) => each.volumes);
  const latency = only("the latency", (each) => each.latencies);
  const touch = only("the chance at the touch", (each) => each.touches);
  const oneOf = (what: string, name: Name | undefined, names: readonly string[]): string | null => {
    if (name === undefined) return null;
    if (names.includes(name.name)) return name.name;
    const fix = replacing(name.span, nearest(name.name, names));
    const hint = fix === undefined ? `there are ${names.join(", ")}` : undefined;
    report(diagnostic("BF3013", name.span, { what, name: name.name }, { hint, fix }));
    return null;
  };
  return {
    path: oneOf("path", path, paths),
    through: through === undefined ? null : ticksOf(through, typedStatic),
    onClose: given.some((each) => each.onClose),
    hedges: given.some((each) => each.hedging.length > 0),
    volume: volume === undefined ? null : checkShare(volume, "a share of the volume", context),
    latency: latency === undefined ? null : checkCount(latency, "a number of bars", context),
    touch: touch === undefined ? null : checkShare(touch, "a chance", context),
    profile: oneOf("profile", profile, profiles),
  };
}

function ticksOf(of: Expression, typedStatic: TypedStatic): PlacedExpression | null {
  if (of.kind === "number" && of.unit === "ticks")
    return { value: { kind: "constant", value: of.value, type: ratio }, span: of.span };
  const value = typedStatic(of, ratio, "a number of ticks");
  return value && { value, span: of.span };
}

/** A plain number where a percentage was probably meant. */
export function warnOfShare(
  what: string,
  of: Expression,
  limit: { readonly above: number; readonly of: string },
  report: Report,
): void {
  // From the whole on it is refused as an error.
  if (of.kind !== "number" || of.unit !== null || of.value <= limit.above) return;
  if (limit.of !== "equity" && of.value >= 1) return;
  const percent = Number((of.value * 100).toPrecision(12));
  const edits = [{ span: { start: of.span.end, end: of.span.end }, text: "%" }];
  const fix = { title: `write \`${of.value}%\``, edits };
  report(diagnostic("BF3011", of.span, { what, share: `${percent}% of ${limit.of}` }, { fix }));
}

export function once(what: string, given: readonly { readonly span: Span }[], report: Report): void {
  const [first, second] = given;
  if (first === undefined || second === undefined) return;
  report(diagnostic("BF3010", second.span, { what }, { labels: [{ span: first.span, text: "first here" }] }));
}

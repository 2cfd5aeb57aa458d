import type { EnterDeclaration, ExitDeclaration, Expression, StrategyDeclaration } from "./ast.js";
import type { Catalogue } from "./catalogue.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { isDistance, placesOf, type Places } from "./levels.js";
import { partsOf, type EnterRule, type ExitRule, type Program, type TypedExpression } from "./program.js";
import type { Span } from "./source.js";
import { isStatic, staticLets, staticValue } from "./static.js";

type Report = (diagnostic: Diagnostic) => void;

/** Flat → in position → flat: every entry can be left, every exit can act. */
export function judgeProtocol(strategy: StrategyDeclaration, report: Report): void {
  const enters = strategy.body.filter((each) => each.kind === "enter");
  const exits = strategy.body.filter((each) => each.kind === "exit");
  const flattens = strategy.body.some((each) => each.kind === "flatten");
  const rebalances = strategy.body.filter((each) => each.kind === "rebalance");
  if (enters.length === 0 && rebalances.length === 0) {
    report(diagnostic("BF3002", strategy.nameSpan, {}));
    return;
  }
  const [first] = rebalances;
  if (first !== undefined)
    for (const { keyword } of enters) {
      const labels = [{ span: firstWord(first.span, "rebalance"), text: "this decides all that is held" }];
      report(diagnostic("BF3024", keyword, {}, { labels }));
    }
  const sides = new Set([...enters, ...rebalances.flatMap((each) => each.holds)].map((each) => each.side));
  for (const each of enters) {
    const left = flattens || exits.some((exit) => exit.side === null || exit.side === each.side);
    const reversed = enters.some((other) => other.side !== each.side);
    const protectedBy = each.stops.length + each.targets.length + each.trails.length;
    if (!left && !reversed && protectedBy === 0)
      report(diagnostic("BF3003", each.keyword, { side: each.side }));
  }
  for (const { side, span } of exits) {
    if (side !== null && !sides.has(side)) report(diagnostic("BF3004", firstWord(span, "exit"), { side }));
  }
  for (const each of strategy.body) {
    if (each.kind !== "cancel" || each.tag === null) continue;
    const { tag, span } = each;
    const isKnown = [...enters, ...exits].some(
      (rule) => (rule.tag ?? ("side" in rule ? rule.side : null)) === tag,
    );
    if (!isKnown) report(diagnostic("BF3017", firstWord(span, "cancel"), { tag }));
  }
}

const firstWord = (span: Span, word: string): Span => ({ start: span.start, end: span.start + word.length });

/** Rules that cannot do what they seem to: conditions that never change, sides that contradict, limits out of reach. */
export function judgeRules(
  strategy: StrategyDeclaration,
  program: Program,
  catalogue: Catalogue,
  report: Report,
): void {
  const values = Object.fromEntries(program.parameters.map((each) => [each.name, each.default]));
  const lets = staticLets(program.lets, values, catalogue);
  const known = { values, lets, catalogue };
  const written = strategy.body.filter((each) => each.kind === "enter" || each.kind === "exit");
  const rules = program.rules
    .filter((each) => each.kind !== "cancel")
    .filter((each) => each.tag !== "flatten");
  if (rules.length !== written.length) return;
  for (const [i, { when }] of rules.entries()) {
    if (!isStatic(when, catalogue, (name) => lets.get(name) !== null)) continue;
    const value = staticValue(when, known);
    const always = value === 1 ? "always" : "never";
    report(diagnostic("BF3014", written[i].when.span, { always }));
  }
  const rebalances = strategy.body.filter((each) => each.kind === "rebalance");
  for (const [i, { when }] of (program.universe?.rebalances ?? []).entries()) {
    const span = rebalances.at(i)?.when?.span;
    if (when === null || span === undefined || program.universe?.rebalances.length !== rebalances.length)
      continue;
    if (!isStatic(when, catalogue, (name) => lets.get(name) !== null)) continue;
    report(diagnostic("BF3014", span, { always: staticValue(when, known) === 1 ? "always" : "never" }));
  }
  judgeEntries(strategy, program, report);
  judgePrices(written, rules, placesOf(program.lets, catalogue), report);
  for (const [i, rule] of rules.entries()) {
    if (rule.kind !== "enter") continue;
    const other = rules.findIndex((each, k) => k > i && each.kind === "enter" && contradicts(each, rule));
    if (other < 0) continue;
    const labels = [{ span: written[i].when.span, text: `${rule.side} on the same condition` }];
    report(diagnostic("BF3016", written[other].when.span, {}, { labels }));
  }
  const limits = strategy.body.filter((each) => each.kind === "limit");
  if (limits.length !== program.limits.length) return;
  for (const [i, { measure, most }] of program.limits.entries()) {
    const value = staticValue(most.value, known);
    const isShare = measure === "drawdown" || measure === "day_loss";
    if (value === null) continue;
    const problem =
      isShare && value >= 1
        ? "no account without credit loses more than all"
        : value <= 0
          ? "it is reached before the first trade"
          : null;
    if (problem !== null) report(diagnostic("BF3015", limits[i].most.span, { problem }));
  }
}

/** Orders that wait where no market will ever be. */
function judgePrices(
  written: readonly (EnterDeclaration | ExitDeclaration)[],
  rules: readonly (EnterRule | ExitRule)[],
  known: Places,
  report: Report,
): void {
  for (const [i, rule] of rules.entries()) {
    const of = written[i];
    const judge = (price: TypedExpression | null | undefined, at: Expression | null | undefined): void => {
      if (price && at && isDistance(price, known)) report(diagnostic("BF3028", at.span, {}));
    };
    if (rule.form.kind !== "market" && of.form !== null && of.form.kind !== "market")
      judge(rule.form.price, of.form.price);
    if ("limit" in rule.form && of.form !== null && "limit" in of.form) judge(rule.form.limit, of.form.limit);
    if (rule.kind !== "enter" || of.kind !== "enter") continue;
    const [stop] = of.stops;
    if (rule.stop?.by === null) judge(rule.stop.price, stop.price);
    judge(rule.stop?.limit, stop?.limit);
    rule.targets.forEach(({ price, by }, k) => {
      if (by === null) judge(price, of.targets[k].price);
    });
  }
}

/** Account values that there are only while a position is open. */
const ofPosition: ReadonlySet<string> = new Set([
  "position_price",
  "long_price",
  "short_price",
  "position_bars",
  "long_bars",
  "short_bars",
  "entry_price",
  "best_price",
  "worst_price",
]);

/** Entries that can never be sent, or that get in each other's way. */
function judgeEntries(strategy: StrategyDeclaration, program: Program, report: Report): void {
  const written = strategy.body.filter((each) => each.kind === "enter");
  const rules = program.rules.filter((each) => each.kind === "enter");
  if (rules.length !== written.length) return;
  const lets = new Map(program.lets.map((each) => [each.name, each.value]));
  for (const [i, rule] of rules.entries()) {
    const clauses = [
      ...(rule.stop === null ? [] : [{ of: rule.stop.price, at: written[i].stops[0]?.price.span }]),
      ...rule.targets.map(({ price }, k) => ({ of: price, at: written[i].targets[k]?.price.span })),
    ];
    for (const { of, at } of clauses) {
      const name =
        rule.entries === null ? accountValuesIn(of, lets).find((each) => ofPosition.has(each)) : undefined;
      if (name !== undefined && at !== undefined) report(diagnostic("BF3019", at, { name }));
    }
    if (rule.trail?.after !== null && rule.trail !== null && rule.stop === null)
      report(diagnostic("BF3020", written[i].trails[0].span, {}));
  }
  judgeTags(strategy, program, report);
}

/** Two orders that rest under one tag: the later silently takes the place of the earlier. */
function judgeTags(strategy: StrategyDeclaration, program: Program, report: Report): void {
  const written = strategy.body.filter((each) => each.kind === "enter" || each.kind === "exit");
  const rules = program.rules.filter((each) => each.kind !== "cancel" && each.tag !== "flatten");
  if (rules.length !== written.length) return;
  for (const [i, rule] of rules.entries()) {
    if (rule.kind === "cancel" || rule.form.kind === "market") continue;
    const same = rules.findIndex(
      (each) => each.kind === rule.kind && each.tag === rule.tag && each.form.kind !== "market",
    );
    if (same === i) continue;
    const labels = [{ span: firstWord(written[same].span, rule.kind), text: "first here" }];
    const values = { what: rule.kind === "enter" ? "entry" : "exit", tag: rule.tag };
    report(diagnostic("BF3022", firstWord(written[i].span, rule.kind), values, { labels }));
  }
}

/** The account values that an expression reads, itself or through its `let`s. */
function accountValuesIn(of: TypedExpression, lets: ReadonlyMap<string, TypedExpression>): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const open = [of];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each.kind === "account") found.push(each.name);
    const value = each.kind === "let" && !seen.has(each.name) ? lets.get(each.name) : undefined;
    if (each.kind === "let") seen.add(each.name);
    open.push(...partsOf(each), ...(value === undefined ? [] : [value]));
  }
  return found;
}

/** At the market one goes before the other; orders that rest may well wait on both sides. */
function contradicts(a: EnterRule, b: EnterRule): boolean {
  return a.side !== b.side && a.form.kind === "market" && b.form.kind === "market" && isSame(a.when, b.when);
}

const isSame = (a: unknown, b: unknown): boolean => withoutPlaces(a) === withoutPlaces(b);
const withoutPlaces = (of: unknown): string =>
  JSON.stringify(of, (key, value: unknown) => (key === "span" ? undefined : value));

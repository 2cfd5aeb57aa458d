import type {
  CostsDeclaration,
  EnterDeclaration,
  Expression,
  LetDeclaration,
  ParameterDeclaration,
  SizeClause,
  StrategyDeclaration,
} from "./ast.js";
import { accountValues, fields, type Catalogue } from "./catalogue.js";
import { checkExpression, expect, expectStatic, type Scope } from "./check-expression.js";
import { orderLets } from "./definitions.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { intervalMs } from "./interval.js";
import { nearest } from "./nearest.js";
import type {
  CostClauses,
  PlacedExpression,
  EnterRule,
  Parameter,
  Program,
  Range,
  Requirement,
  Rule,
  TypedExpression,
  TypedSize,
} from "./program.js";
import type { Source, Span } from "./source.js";
import { describeValues, isStatic, staticLets, staticValue } from "./static.js";
import { bool, brokenRule, number, parameterTypes, type ParameterTypeName, type ValueType } from "./type.js";
import { units } from "./unit.js";

export interface CheckInput {
  readonly strategy: StrategyDeclaration;
  readonly source: Source;
  readonly catalogue: Catalogue;
  /** Names whose declaration the parser could not read: known, but nothing more. */
  readonly broken: ReadonlySet<string>;
  /** Whether all of the text could be read; if not, what seems to be missing may be there. */
  readonly isWhole: boolean;
}

export interface CheckOutput {
  readonly program: Program;
  /** Whether all parameters have a value, so that lengths can be worked out. */
  readonly hasValues: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const isParameterType = (name: string): name is ParameterTypeName => Object.hasOwn(parameterTypes, name);
const isReservedName = (name: string): boolean =>
  Object.hasOwn(fields, name) || Object.hasOwn(accountValues, name);
const fullEquity: TypedSize = {
  kind: "equity",
  value: { kind: "constant", value: 1, type: number(units.ratio) },
  cap: null,
  span: { start: 0, end: 0 },
};

/** AST → typed program. Reports everything it finds and never throws; what is wrong is missing in the program. */
export function check({ strategy, source, catalogue, broken, isWhole }: CheckInput): CheckOutput {
  const diagnostics: Diagnostic[] = [];
  const report = (each: Diagnostic): void => void diagnostics.push(each);
  if (strategy.clock !== null && intervalMs(strategy.clock.name) === 0) {
    const { name, span } = strategy.clock;
    report(diagnostic("BF2009", span, { what: "the interval", value: name, rule: "longer than nothing" }));
  }

  const declared = new Map<string, ParameterDeclaration | LetDeclaration>();
  /** Declarations whose name is another's: not to be named, but checked all the same. */
  const nameless: (ParameterDeclaration | LetDeclaration)[] = [];
  for (const each of strategy.body) {
    if (each.kind !== "param" && each.kind !== "let") continue;
    const { name, span } = each.name;
    const first = declared.get(name);
    if (!isReservedName(name) && first === undefined) {
      declared.set(name, each);
      continue;
    }
    nameless.push(each);
    if (first === undefined) report(diagnostic("BF2014", span, { name }));
    else
      report(
        diagnostic("BF2002", span, { name }, { labels: [{ span: first.name.span, text: "first here" }] }),
      );
  }

  /** Checked so far; null where something was wrong. */
  const lets = new Map<string, TypedExpression | null>();
  const staticNames = new Set<string>();
  const used = new Set<string>();

  function resolve(name: string): TypedExpression | null | undefined {
    const declaration = declared.get(name);
    if (declaration === undefined) return broken.has(name) ? null : undefined;
    if (declaration.kind === "param") {
      used.add(name);
      const type = declaration.type.name;
      return isParameterType(type) ? { kind: "parameter", name, type: parameterTypes[type] } : null;
    }
    const value = lets.get(name) ?? null;
    return value && { kind: "let", name, type: value.type };
  }

  const scope: Scope = {
    catalogue,
    source,
    resolve,
    names: () => declared.keys(),
    isStatic: (of) => isStatic(of, (name) => staticNames.has(name)),
    report,
  };

  const named = new Map(
    [...declared].filter((each): each is [string, LetDeclaration] => each[1].kind === "let"),
  );
  const { ordered, circles } = orderLets(named);
  for (const circle of circles) {
    const [first] = circle;
    const names = [...circle, first].map((each) => each.name.name).join(" → ");
    const looksBack = circle.some(({ span }) => source.text.slice(span.start, span.end).includes("["));
    const hint = looksBack
      ? "a value that goes on from its own past needs `state`, which is not available yet"
      : undefined;
    report(diagnostic("BF2003", first.name.span, { names }, { hint }));
  }
  for (const { name, value } of ordered) {
    const checked = checkExpression(value, scope);
    lets.set(name.name, checked);
    if (checked !== null && scope.isStatic(checked)) staticNames.add(name.name);
  }
  for (const each of nameless) if (each.kind === "let") checkExpression(each.value, scope);
  for (const each of circles.flat()) checkExpression(each.value, scope);

  const typed: Typed = (of, type) => {
    const value = checkExpression(of, scope);
    return value !== null && expect(value, type, of.span, scope) ? value : null;
  };
  const typedStatic: TypedStatic = (of, type, what) => {
    const value = typed(of, type);
    return value !== null && expectStatic(value, of.span, what, scope) ? value : null;
  };

  /** A number that may not even depend on parameters: defaults and ranges. */
  const literalValue: LiteralValue = (of, type, what) => {
    const value = typed(of, parameterTypes[type]);
    if (value === null) return null;
    const result = staticValue(value, {}, new Map());
    if (result === null) {
      report(
        diagnostic(
          "BF2008",
          of.span,
          { what },
          { hint: "write a number; it cannot depend on other parameters" },
        ),
      );
      return null;
    }
    const rule = brokenRule(type, result);
    if (rule !== null) report(diagnostic("BF2009", of.span, { what, value: String(result), rule }));
    return rule === null ? result : null;
  };

  const parameters: Parameter[] = [];
  for (const each of strategy.body) {
    if (each.kind !== "param") continue;
    const parameter = checkParameter(each, literalValue, report);
    if (parameter !== null && declared.get(each.name.name) === each) parameters.push(parameter);
  }

  const requirements: Requirement[] = [];
  const rules: Rule[] = [];
  for (const each of strategy.body) {
    switch (each.kind) {
      case "param":
      case "let":
      case "costs":
        break;
      case "require": {
        const condition = typedStatic(each.condition, bool, "a `require`");
        if (condition !== null) requirements.push({ condition, span: each.condition.span });
        break;
      }
      case "enter": {
        const rule = checkEnter(each, typed, report);
        if (rule !== null) rules.push(rule);
        break;
      }
      case "exit": {
        const when = typed(each.when, bool);
        if (when !== null) rules.push({ kind: "exit", side: each.side, tag: each.tag ?? "exit", when });
        break;
      }
    }
  }
  const costs = checkCosts(
    strategy.body.filter((each) => each.kind === "costs"),
    typedStatic,
    report,
  );

  const program: Program = {
    schema: "bitfever/program@1",
    name: strategy.name,
    clock: strategy.clock?.name ?? null,
    parameters,
    requirements,
    lets: [...lets].flatMap(([name, value]) => (value === null ? [] : { name, value })),
    rules,
    costs,
    source,
  };
  checkRequirements(program, report);
  if (isWhole) checkProtocol(strategy, report);
  for (const each of declared.values())
    if (each.kind === "param" && !used.has(each.name.name))
      report(diagnostic("BF3005", each.name.span, { name: each.name.name }));
  const hasValues =
    [...declared.values()].filter((each) => each.kind === "param").length === parameters.length;
  return { program, hasValues, diagnostics };
}

type LiteralValue = (of: Expression, type: ParameterTypeName, what: string) => number | null;
type Typed = (of: Expression, type: ValueType) => TypedExpression | null;
type TypedStatic = (of: Expression, type: ValueType, what: string) => TypedExpression | null;
type Report = (diagnostic: Diagnostic) => void;

function checkParameter(
  of: ParameterDeclaration,
  literalValue: LiteralValue,
  report: Report,
): Parameter | null {
  const { name } = of.name;
  const type = of.type.name;
  if (!isParameterType(type)) {
    const meant = nearest(type, Object.keys(parameterTypes));
    report(diagnostic("BF2011", of.type.span, { name: type }, { fix: replacing(of.type.span, meant) }));
    return null;
  }
  const initial = literalValue(of.default, type, `the default of \`${name}\``);
  const range = of.range === null ? null : checkRange(of.range, name, type, literalValue, report);
  if (initial === null) return null;
  if (range !== null && !inRange(initial, range)) {
    const place = range.kind === "interval" ? `${range.from}..${range.to}` : `{ ${range.values.join(", ")} }`;
    report(diagnostic("BF3006", of.default.span, { name, value: String(initial), range: place }));
  }
  return { name, type, default: initial, range };
}

const inRange = (value: number, range: Range): boolean =>
  range.kind === "choices" ? range.values.includes(value) : value >= range.from && value <= range.to;

function checkRange(
  of: NonNullable<ParameterDeclaration["range"]>,
  name: string,
  type: ParameterTypeName,
  literalValue: LiteralValue,
  report: Report,
): Range | null {
  const value = (each: Expression): number | null => literalValue(each, type, `the range of \`${name}\``);
  if (of.kind === "choices") {
    const values = of.values.map(value).filter((each) => each !== null);
    return values.length < of.values.length ? null : { kind: "choices", values };
  }
  if (type === "bool") {
    report(
      diagnostic("BF3007", of.span, { problem: "a bool has no range; its choices are `in { true, false }`" }),
    );
    return null;
  }
  const from = value(of.from);
  const to = value(of.to);
  const step = of.step === null ? null : value(of.step);
  if (from === null || to === null || (step === null && of.step !== null)) return null;
  const problem =
    from >= to
      ? `the range goes from ${from} to ${to}; the smaller number comes first`
      : step !== null && step <= 0
        ? `the step is ${step}; it must be positive`
        : of.logarithmic && from <= 0
          ? `a log scale cannot start at ${from}`
          : null;
  if (problem === null) return { kind: "interval", from, to, step, logarithmic: of.logarithmic };
  report(diagnostic("BF3007", of.span, { problem }));
  return null;
}

function checkCosts(
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
  const fix = { title: "write it as a percentage", edits };
  report(diagnostic("BF3011", of.span, { what, share: `${percent}% of ${limit.of}` }, { fix }));
}

function checkEnter(of: EnterDeclaration, typed: Typed, report: Report): EnterRule | null {
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
  const stopPrice = stop && typed(stop, price);
  const targetPrice = target && typed(target, price);
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

function once(what: string, given: readonly (Expression | SizeClause)[], report: Report): void {
  const [first, second] = given;
  if (first === undefined || second === undefined) return;
  report(diagnostic("BF3010", second.span, { what }, { labels: [{ span: first.span, text: "first here" }] }));
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
  const value = typed(of.value, of.kind === "equity" ? ratio : number(units.quantity));
  return value && { kind: of.kind, value, cap, span: of.value.span };
}

/** Whether the defaults are values the program itself allows. */
function checkRequirements({ parameters, requirements, lets }: Program, report: Report): void {
  const defaults = Object.fromEntries(parameters.map((each) => [each.name, each.default]));
  const known = staticLets(lets, defaults);
  for (const { condition, span } of requirements) {
    const holds = staticValue(condition, defaults, known);
    const values = describeValues(condition, defaults, lets);
    if (holds !== null && holds !== 1)
      report(diagnostic("BF3008", span, { values: `the defaults (${values})` }));
  }
}

/** Flat → in position → flat: every entry can be left, every exit can act. */
function checkProtocol(strategy: StrategyDeclaration, report: Report): void {
  const enters = strategy.body.filter((each) => each.kind === "enter");
  const exits = strategy.body.filter((each) => each.kind === "exit");
  if (enters.length === 0) {
    report(diagnostic("BF3002", strategy.nameSpan, {}));
    return;
  }
  for (const each of enters) {
    const left = exits.some((exit) => exit.side === null || exit.side === each.side);
    const reversed = enters.some((other) => other.side !== each.side);
    if (!left && !reversed && each.stops.length === 0 && each.targets.length === 0)
      report(diagnostic("BF3003", each.keyword, { side: each.side }));
  }
  for (const { side, span } of exits) {
    if (side !== null && !enters.some((each) => each.side === side))
      report(diagnostic("BF3004", firstWord(span, "exit"), { side }));
  }
}

const firstWord = (span: Span, word: string): Span => ({ start: span.start, end: span.start + word.length });

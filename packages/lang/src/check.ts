import type { LetDeclaration, ParameterDeclaration, StrategyDeclaration } from "./ast.js";
import type { Catalogue } from "./catalogue.js";
import { checkExpression } from "./check-expression.js";
import { checkCosts, checkEnter, type Typed, type TypedStatic } from "./check-orders.js";
import { checkParameter, isParameterType, type LiteralValue } from "./check-parameter.js";
import { orderLets } from "./definitions.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { intervalMs } from "./interval.js";
import { meaningOf } from "./predefined.js";
import type { Parameter, Program, Requirement, Rule, TypedExpression } from "./program.js";
import { expect, expectStatic, type Scope } from "./scope.js";
import type { Source, Span } from "./source.js";
import { describeValues, isStatic, shown, staticLets, staticValue } from "./static.js";
import { bool, brokenRule, parameterTypes } from "./type.js";

type Report = (diagnostic: Diagnostic) => void;

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
    const what = meaningOf(name);
    if (what === undefined && first === undefined) {
      declared.set(name, each);
      continue;
    }
    nameless.push(each);
    if (what !== undefined) report(diagnostic("BF2014", span, { name, what }));
    if (first === undefined) continue;
    const labels = [{ span: first.name.span, text: "first here" }];
    report(diagnostic("BF2002", span, { name }, { labels }));
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
  for (const circle of circles) reportCircle(circle, source, report);
  for (const { name, value } of ordered) {
    const checked = checkExpression(value, scope);
    lets.set(name.name, checked);
    if (checked !== null && scope.isStatic(checked)) staticNames.add(name.name);
  }
  for (const each of nameless) if (each.kind === "let") checkExpression(each.value, scope);
  for (const each of circles.flat()) checkExpression(each.value, scope);

  const typed: Typed = (of, type, details) => {
    const value = checkExpression(of, scope);
    return value !== null && expect(value, type, of.span, scope, details) ? value : null;
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
    if (rule !== null) report(diagnostic("BF2009", of.span, { what, value: shown(result), rule }));
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

function reportCircle(circle: readonly LetDeclaration[], source: Source, report: Report): void {
  const [first] = circle;
  const names = [...circle, first].map((each) => each.name.name);
  const labels = circle
    .map(({ name }, i) => ({ span: name.span, text: `needs \`${names[i + 1]}\`` }))
    .slice(1, 6);
  const looksBack = circle.some(({ span }) => source.text.slice(span.start, span.end).includes("["));
  const hint = looksBack
    ? "a value that goes on from its own past needs `state`, which is not available yet"
    : undefined;
  report(diagnostic("BF2003", first.name.span, { names: names.join(" → ") }, { hint, labels }));
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

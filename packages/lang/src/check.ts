import type {
  Declaration,
  Definition,
  ImportDeclaration,
  Item,
  Name,
  OnDeclaration,
  ParameterDeclaration,
  StrategyDeclaration,
  UniverseDeclaration,
} from "./ast.js";
import type { Catalogue } from "./catalogue.js";
import { isBuiltFromOwn } from "./check-clock.js";
import { define } from "./check-definitions.js";
import { checkSingle } from "./single.js";
import { checkDeclaration } from "./check-function.js";
import {
  checkEnter,
  checkExit,
  checkFills,
  once,
  type RuleContext,
  type Typed,
  type TypedStatic,
} from "./check-orders.js";
import { checkCosts } from "./check-costs.js";
import { profileNames } from "./planned-rule.js";
import { checkParameter, isAllowed, parameterType, type LiteralValue } from "./check-parameter.js";
import { judgeForming } from "./check-forming.js";
import { judgeProtocol, judgeRules } from "./check-protocol.js";
import { checkAlert, checkLimit, checkPlot } from "./check-rules.js";
import { checkTest, type TestedStrategy } from "./check-tests.js";
import { checkRebalance } from "./check-universe.js";
import { namesOf } from "./definitions.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { Elaboration } from "./elaboration.js";
import { replacing } from "./fixes.js";
import { intervalMs } from "./interval.js";
import { nearest } from "./nearest.js";
import { openFile, type FindModule } from "./namespace.js";
import { meaningOf } from "./predefined.js";
import type {
  EnterRule,
  ExitRule,
  Parameter,
  Program,
  Rebalance,
  Requirement,
  Rule,
  Universe,
} from "./program.js";
import { expect, expectStatic, type Scope } from "./scope.js";
import type { Source } from "./source.js";
import { describeValues, staticLets, staticValue } from "./static.js";
import { bool } from "./type.js";

type Report = (diagnostic: Diagnostic) => void;

export interface CheckInput {
  readonly strategy: StrategyDeclaration;
  readonly items: readonly Item[];
  readonly imports: readonly ImportDeclaration[];
  readonly source: Source;
  readonly catalogue: Catalogue;
  readonly findModule: FindModule;
  /** Calendars that exist; absent takes any name. */
  readonly calendars?: readonly string[];
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

/** The ways prices can be thought to have moved inside a bar. */
const paths = ["nearest", "ohlc", "olhc", "worst", "best"];

interface Declared {
  readonly name: Name;
  readonly param: ParameterDeclaration | null;
}

/** AST → typed program. Reports everything it finds and never throws; what is wrong is missing in the program. */
export function check(input: CheckInput): CheckOutput {
  const { strategy, source, catalogue, broken, isWhole } = input;
  const diagnostics: Diagnostic[] = [];
  const report = (each: Diagnostic): void => void diagnostics.push(each);
  if (strategy.clock !== null && intervalMs(strategy.clock.name) === 0) {
    const { name, span } = strategy.clock;
    report(diagnostic("BF2009", span, { what: "the interval", value: name, rule: "longer than nothing" }));
  }

  const only = <Kind extends StrategyDeclaration["body"][number]["kind"]>(kind: Kind) =>
    strategy.body.filter((each): each is Extract<typeof each, { kind: Kind }> => each.kind === kind);
  const markets = only("market");
  const universes = only("universe");
  const [hedging] = only("fills").flatMap((each) => each.hedging);
  for (const each of [strategy, ...markets]) judgeCalendar(each.calendar, input.calendars, report);
  const elaboration = new Elaboration(catalogue);
  const declarations = [...input.items.map((each) => each.declaration), ...strategy.body];
  const read = new Set(declarations.flatMap(namesDeclared));
  const lost = new Set([...broken].filter((each) => !read.has(each)));
  const items = declarations.filter(
    (each) => each.kind === "fn" || each.kind === "type" || each.kind === "enum",
  );
  const { scope: file, entries } = openFile({
    source,
    items,
    imports: input.imports,
    catalogue,
    elaboration,
    findModule: input.findModule,
    report,
    broken: lost,
    open: [source.name],
  });

  const used = new Set<string>();
  const scope: Scope = {
    ...file,
    find: (name) => {
      used.add(name);
      return entries.get(name) ?? (lost.has(name) ? { value: null, clock: null } : undefined);
    },
  };
  Object.assign(scope, {
    markets: new Set(markets.map((each) => each.name.name)),
    isUniverse: universes.length > 0,
    hedges: hedging !== undefined,
  });
  // Functions see what the strategy sees.
  const { find, markets: known, isUniverse, hedges } = scope;
  Object.assign(file, { find, markets: known, isUniverse, hedges });

  const declared = new Map<string, Declared>();
  /** Whether a name is new; reports it when not. */
  const isNew = (name: Name, param: ParameterDeclaration | null): boolean => {
    const first = declared.get(name.name);
    const what =
      meaningOf(name.name) ??
      (scope.namespace.functions.get(name.name)?.scope.source === source ? "a function" : undefined);
    if (what !== undefined) report(diagnostic("BF2014", name.span, { name: name.name, what }));
    else if (first === undefined) declared.set(name.name, { name, param });
    else {
      const labels = [{ span: first.name.span, text: "first here" }];
      report(diagnostic("BF2002", name.span, { name: name.name }, { labels }));
      used.add(name.name);
    }
    return what === undefined && first === undefined;
  };

  const typed: Typed = (of, type, details) => {
    const value = checkSingle(of, scope);
    return value !== null && expect(value, type, of.span, scope, details) ? value : null;
  };
  const typedStatic: TypedStatic = (of, type, what) => {
    const value = typed(of, type);
    return value !== null && expectStatic(value, of.span, what, scope) ? value : null;
  };
  const context: RuleContext = { value: (of) => checkSingle(of, scope), typed, typedStatic, report };

  for (const { name } of markets)
    if (isNew(name, null) && isTaken(name.name, scope))
      report(diagnostic("BF2002", name.span, { name: name.name }));
  judgeSymbols(
    markets.map((each) => ({ name: each.symbol, span: each.symbolSpan })),
    report,
  );
  for (const { symbols } of universes) judgeSymbols(symbols, report);
  const parameters = checkParameters(strategy, scope, typed, (each) => {
    const isOwn = isNew(each.name, each);
    const type = parameterType(each.type.name, scope.namespace.enums);
    if (isOwn)
      entries.set(each.name.name, {
        value: type && { kind: "parameter", name: each.name.name, type },
        clock: null,
      });
    return isOwn;
  });

  const definitions = [
    ...input.items.flatMap(({ declaration: each }) =>
      each.kind === "let" ? [{ declaration: each, clock: null }] : [],
    ),
    ...strategy.body.flatMap((each): { declaration: Definition; clock: string | null }[] => {
      if (each.kind === "let" || each.kind === "state") return [{ declaration: each, clock: null }];
      if (each.kind !== "on") return [];
      const isKnown = isKnownMarket(each.market, scope);
      if (each.market !== null) used.add(each.market.name);
      // Whichever was meant.
      if (!isKnown) for (const market of markets) used.add(market.name.name);
      if (!isKnown || !isSlowerClock(each, strategy, report)) {
        for (const name of namesDeclared(each)) entries.set(name, { value: null, clock: null });
        return [];
      }
      return each.definitions.map((declaration) => ({ declaration, clock: each.clock.name }));
    }),
  ];
  const isOwn = definitions.map((each) =>
    namesOf(each)
      .map((name) => isNew(nameIn(each.declaration, name), null))
      .every(Boolean),
  );
  define(
    definitions.filter((_, i) => isOwn[i]),
    scope,
    entries,
    null,
  );
  // One whose name is another's cannot be named, but is read all the same.
  define(
    definitions.filter((_, i) => !isOwn[i]),
    { ...scope, elaboration: new Elaboration(catalogue) },
    new Map(),
    "again",
  );

  const requirements: Requirement[] = [];
  const rules: Rule[] = [];
  const tagged = new Map<string, number>();
  /** Of one tag one order rests, so rules without one get tags of their own. */
  const withTag = <Kind extends EnterRule | ExitRule>(rule: Kind | null, isGiven: boolean): Kind[] => {
    if (rule === null || isGiven) return rule === null ? [] : [rule];
    const count = (tagged.get(rule.tag) ?? 0) + 1;
    tagged.set(rule.tag, count);
    return [count === 1 ? rule : { ...rule, tag: `${rule.tag} ${count}` }];
  };
  for (const each of strategy.body) {
    switch (each.kind) {
      case "require": {
        const condition = typedStatic(each.condition, bool, "a `require`");
        if (condition !== null) requirements.push({ condition, span: each.condition.span });
        break;
      }
      case "enter":
        rules.push(...withTag(checkEnter(each, context), each.tag !== null));
        break;
      case "exit":
        rules.push(...withTag(checkExit(each, context), each.tag !== null));
        break;
      case "flatten": {
        const when = typed(each.when, bool);
        if (when === null) break;
        const order = {
          form: { kind: "market", at: "open" },
          duration: { kind: "gtc" },
          share: null,
        } as const;
        rules.push({ kind: "exit", side: null, tag: each.tag ?? "flatten", when, ...order });
        rules.push({ kind: "cancel", tag: null, when });
        break;
      }
      case "cancel": {
        const when = typed(each.when, bool);
        if (when !== null) rules.push({ kind: "cancel", tag: each.tag, when });
        break;
      }
      default:
        break;
    }
  }
  const costs = checkCosts(only("costs"), typedStatic, report);
  const limits = only("limit").flatMap((each) => checkLimit(each, context) ?? []);
  const alerts = only("alert").flatMap((each) => checkAlert(each, scope, context) ?? []);
  const plots = only("plot").flatMap((each) => checkPlot(each, scope, context) ?? []);
  const fills = checkFills(only("fills"), { paths, profiles: profileNames }, context);
  once("the universe", universes, report);
  if (universes.length > 0)
    for (const { measure } of only("limit"))
      if (measure.name === "position") report(diagnostic("BF3025", measure.span, {}));
  const rebalances = only("rebalance").flatMap((each) => {
    if (universes.length === 0) {
      const span = { start: each.span.start, end: each.span.start + "rebalance".length };
      const problem = "there is nothing to choose from: this strategy has no `universe`";
      report(diagnostic("BF2107", span, { name: "rebalance", problem }));
    }
    if (hedging !== undefined) report(diagnostic("BF3031", hedging, {}));
    const { lets } = elaboration;
    return checkRebalance(each, { ...context, strategy, lets }) ?? [];
  });
  const allowed = only("allow");
  for (const { what } of allowed) {
    if (what.name === "forming") continue;
    const fix = { title: "did you mean `forming`?", edits: [{ span: what.span, text: "forming" }] };
    report(diagnostic("BF3013", what.span, { what: "permission", name: what.name }, { fix }));
  }
  const tested: TestedStrategy = {
    parameters,
    markets: markets.map((each) => each.symbol),
    members: universes[0]?.symbols.map((each) => each.name) ?? null,
  };
  const tests = declarations.flatMap((each) =>
    each.kind === "test" || each.kind === "property" || each.kind === "law" || each.kind === "golden"
      ? (checkTest(each, tested, scope) ?? [])
      : [],
  );
  checkDeclarations(scope, report);

  const program: Program = {
    schema: "bitfever/program@1",
    name: strategy.name,
    clock: strategy.clock?.name ?? null,
    calendar: strategy.calendar?.name ?? null,
    markets: markets.map(({ name, symbol, calendar }) => ({
      name: name.name,
      symbol,
      calendar: calendar?.name ?? null,
    })),
    universe: universeOf(universes[0], rebalances),
    // A word that is misspelt has been told of; what it would allow is not a second mistake.
    allowsForming: allowed.length > 0,
    parameters,
    requirements,
    lets: elaboration.lets,
    rules,
    limits,
    alerts,
    plots,
    fills,
    costs,
    tests,
    source,
  };
  checkRequirements(program, catalogue, report);
  if (isWhole) judgeProtocol(strategy, report);
  if (isWhole) judgeRules(strategy, program, catalogue, report);
  judgeForming(program, report);
  for (const each of markets)
    if (!used.has(each.name.name) && !isTaken(each.name.name, scope))
      report(diagnostic("BF3005", each.name.span, { what: "market", name: each.name.name }));
  for (const { name, param } of declared.values())
    if (param !== null && !used.has(name.name))
      report(diagnostic("BF3005", name.span, { what: "parameter", name: name.name }));
  const hasValues = [...declared.values()].filter((each) => each.param !== null).length === parameters.length;
  return { program, hasValues, diagnostics };
}

function judgeCalendar(calendar: Name | null, known: readonly string[] | undefined, report: Report): void {
  if (calendar === null || known?.includes(calendar.name) !== false) return;
  const { name, span } = calendar;
  const fix = replacing(span, nearest(name, known));
  const hint = fix === undefined ? `the calendars are ${known.join(", ")}` : undefined;
  report(diagnostic("BF3013", span, { what: "calendar", name }, { hint, fix }));
}

/** Enums and modules have members too, and are looked for before markets. */
const isTaken = (name: string, { namespace: { enums, types, modules } }: Scope): boolean =>
  [enums, types, modules].some((each) => each.has(name));

/** A member that is there twice would count twice, and a market under two names be read twice. */
function judgeSymbols(symbols: readonly Name[], report: Report): void {
  const first = new Map<string, Name>();
  for (const each of symbols) {
    const { name, span } = each;
    const known = first.get(name);
    first.set(name, known ?? each);
    if (name.trim() === "") {
      const hint = 'a symbol is what the data calls it, such as "SPY"';
      report(diagnostic("BF3013", span, { what: "symbol", name: `"${name}"` }, { hint }));
    } else if (known !== undefined) {
      const labels = [{ span: known.span, text: "first here" }];
      report(diagnostic("BF3010", span, { what: `\`"${name}"\`` }, { labels }));
    }
  }
}

function universeOf(of: UniverseDeclaration | undefined, rebalances: readonly Rebalance[]): Universe | null {
  if (of === undefined) return null;
  return { symbols: of.symbols.length === 0 ? null : of.symbols.map((each) => each.name), rebalances };
}

function isKnownMarket(market: Name | null, { markets, isBroken, report }: Scope): boolean {
  if (market === null || markets.has(market.name)) return true;
  const { name, span } = market;
  if (isBroken(name)) return false;
  const fix = replacing(span, nearest(name, markets));
  const hint =
    fix === undefined
      ? `\`market "SPY" as ${name}\` would make one; an interval is written like \`1d\``
      : undefined;
  report(diagnostic("BF2108", span, { name }, { hint, fix }));
  return false;
}

const noStrategy: TestedStrategy = { parameters: [], markets: [], members: null };

/** A file without a strategy: its functions, one by one. */
export function checkModule(
  input: Pick<CheckInput, "items" | "imports" | "source" | "catalogue" | "findModule">,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (each: Diagnostic): void => void diagnostics.push(each);
  const elaboration = new Elaboration(input.catalogue);
  const declarations = input.items.map((each) => each.declaration);
  const { scope, entries } = openFile({
    ...input,
    items: declarations,
    elaboration,
    report,
    open: [input.source.name],
  });
  const lets = declarations.filter((each) => each.kind === "let");
  define(
    lets.map((declaration) => ({ declaration, clock: null })),
    scope,
    entries,
    null,
  );
  // Whether there is one is known where its functions are called.
  checkDeclarations({ ...scope, isUniverse: true }, report);
  for (const each of declarations)
    if (each.kind === "test" || each.kind === "property") checkTest(each, noStrategy, scope);
  return diagnostics;
}

/** The functions of a file that nobody called: a mistake in one is found all the same. */
function checkDeclarations({ namespace, source, elaboration, isUniverse }: Scope, report: Report): void {
  for (const each of [...namespace.functions.values(), ...namespace.methods.values()])
    if (each.scope.source === source) checkDeclaration(each, isUniverse, elaboration, report);
}

/** The names that a declaration that could be read gives a meaning to. */
function namesDeclared(of: Declaration): readonly string[] {
  switch (of.kind) {
    case "let":
    case "state":
      return namesOf({ declaration: of, clock: null });
    case "on":
      return of.definitions.flatMap(namesDeclared);
    case "fn":
      return of.of === null ? [of.name.name] : [of.of.name, of.name.name];
    case "param":
    case "type":
    case "enum":
    case "market":
      return [of.name.name];
    default:
      return [];
  }
}

function nameIn(of: Definition, name: string): Name {
  const part = of.kind === "let" ? of.parts?.find((each) => each.name === name) : undefined;
  return part ?? of.name;
}

function checkParameters(
  strategy: StrategyDeclaration,
  scope: Scope,
  typed: Typed,
  enter: (of: ParameterDeclaration) => boolean,
): Parameter[] {
  /** A number that may not even depend on parameters: defaults and ranges. */
  const literalValue: LiteralValue = (of, type, name, what) => {
    const value = typed(of, type);
    if (value === null) return null;
    const result = staticValue(value, { values: {}, lets: new Map(), catalogue: scope.catalogue });
    if (result === null) {
      const hint = "write a number; it cannot depend on other parameters";
      scope.report(diagnostic("BF2008", of.span, { what }, { hint }));
      return null;
    }
    return isAllowed(name, result, { what, span: of.span }, scope.report) ? result : null;
  };
  const given = strategy.body.filter((each) => each.kind === "param");
  const isOwn = given.map(enter);
  return given.flatMap((each, i) => {
    const parameter = checkParameter(each, scope.namespace, scope.isBroken, literalValue, scope.report);
    return parameter !== null && isOwn[i] ? [parameter] : [];
  });
}

/** A block of a slower clock needs to know what it is slower than. */
function isSlowerClock({ interval }: OnDeclaration, strategy: StrategyDeclaration, report: Report): boolean {
  if (interval === null) return true;
  return isBuiltFromOwn(interval, "on", strategy, report);
}

/** Whether the defaults are values the program itself allows. */
function checkRequirements(
  { parameters, requirements, lets }: Program,
  catalogue: Catalogue,
  report: Report,
): void {
  const values = Object.fromEntries(parameters.map((each) => [each.name, each.default]));
  const known = { values, lets: staticLets(lets, values, catalogue), catalogue };
  for (const { condition, span } of requirements) {
    const holds = staticValue(condition, known);
    const described = describeValues(condition, values, lets);
    if (holds !== null && holds !== 1)
      report(diagnostic("BF3008", span, { values: `the defaults (${described})` }));
  }
}

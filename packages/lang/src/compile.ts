import type { Catalogue } from "./catalogue.js";
import { check, checkModule, type CheckInput } from "./check.js";
import { single } from "./single.js";
import { diagnostic, hasErrors, type Diagnostic } from "./diagnostic.js";
import { BitFeverError } from "./error.js";
import { judgeEdition } from "./editions.js";
import { Elaboration } from "./elaboration.js";
import { openFile, type FindModule } from "./namespace.js";
import { parseExpression, parseFile } from "./parse.js";
import type { Plan } from "./plan.js";
import { plan, planOutputs } from "./planning.js";
import type { Parameter, Program, TypedExpression } from "./program.js";
import { positionAt, type Source } from "./source.js";
import type { ParameterValues } from "./static.js";
import { brokenRule } from "./type.js";
import { mapValues } from "./value.js";

export interface Compilation {
  /** Null when there is an error among the diagnostics, or no strategy in the file. */
  readonly program: Program | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileOptions {
  /** The calendars a strategy may name; without them any name is taken. */
  readonly calendars?: readonly string[];
  /** Finds the text behind `import "path"`; without it there is nothing to import. */
  readonly findModule?: FindModule;
}

/**
 * Source → tokens → CST → AST → typed program. Never throws, whatever the text: what is wrong is in the diagnostics,
 * ordered by place.
 */
export function compile(source: Source, catalogue: Catalogue, options: CompileOptions = {}): Compilation {
  const { edition, imports, items, strategy, declared, diagnostics: syntax } = parseFile(source);
  const findModule = options.findModule ?? (() => undefined);
  const diagnostics = [...syntax, ...judgeEdition(edition)];

  let program: Program | null = null;
  if (strategy === null)
    diagnostics.push(...judgeModule(source, { imports, items, catalogue, findModule }, syntax));
  else {
    const isWhole = syntax.length === 0;
    const { calendars } = options;
    const files = { strategy, items, imports, source, catalogue, findModule, broken: declared, isWhole };
    const given = calendars === undefined ? files : { ...files, calendars };
    const checked = check(given);
    // Beside unreadable text a warning ("never used", "no stop") may be about what could not be read.
    diagnostics.push(...checked.diagnostics.filter((each) => isWhole || each.severity === "error"));
    program = checked.program;
    if (checked.hasValues && !hasErrors(checked.diagnostics))
      diagnostics.push(
        ...plan({ program, catalogue, values: defaultValues(program), withLets: true }).diagnostics,
      );
  }
  diagnostics.sort((a, b) => a.span.start - b.span.start);
  return {
    program: hasErrors(diagnostics) ? null : program,
    diagnostics: theFirst(withoutRepeats(diagnostics)),
  };
}

/** A file without a strategy is a module: what it declares is looked at by itself. */
function judgeModule(
  source: Source,
  {
    imports,
    items,
    catalogue,
    findModule,
  }: Pick<CheckInput, "imports" | "items" | "catalogue" | "findModule">,
  syntax: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (items.length === 0) {
    if (syntax.length > 0) return [];
    const end = source.text.trimEnd().length;
    const span = { start: Math.max(0, end - 1), end };
    const problem = "there is no strategy here, and nothing for another file to import";
    return [diagnostic("BF1002", span, { problem }, { hint: 'a program is `strategy "Name" on 15m { … }`' })];
  }
  return checkModule({ source, imports, items, catalogue, findModule });
}

/**
 * Typed program → plan for one set of parameter values.
 *
 * @throws BitFeverError BF5001 for a parameter that does not exist, BF5002 for values the program does not allow
 */
export function specialise(
  program: Program,
  catalogue: Catalogue,
  given: ParameterValues = {},
  { withLets = false }: { readonly withLets?: boolean } = {},
): Plan {
  for (const name of Object.keys(given)) {
    if (program.parameters.some((each) => each.name === name)) continue;
    const names = program.parameters.map((each) => each.name).join(", ");
    const hint = names === "" ? "this strategy has no parameters" : `its parameters are ${names}`;
    throw new BitFeverError("BF5001", `"${program.name}" has no parameter \`${name}\``, { hint });
  }
  for (const parameter of program.parameters) {
    const { name, type } = parameter;
    const rule = Object.hasOwn(given, name) ? brokenParameter(parameter, given[name]) : null;
    if (rule === null) continue;
    throw new BitFeverError(
      "BF5002",
      `"${program.name}": \`${name}\` is ${given[name]}; it must be ${rule}`,
      {
        hint: `it is declared as \`${name}: ${type}\``,
      },
    );
  }
  const planned = plan({ program, catalogue, values: { ...defaultValues(program), ...given }, withLets });
  if (planned.plan !== null && !hasErrors(planned.diagnostics)) return planned.plan;
  const [first] = planned.diagnostics;
  const place = positionAt(program.source, first.span.start);
  throw new BitFeverError("BF5002", `"${program.name}": ${first.message}`, {
    hint: `${program.source.name}, line ${place.line}: the values given do not fit what is written there`,
    diagnostics: planned.diagnostics,
    source: program.source,
  });
}

function brokenParameter(
  { type, members }: Pick<Parameter, "type" | "members">,
  value: number,
): string | null {
  if (type !== "enum") return brokenRule(type, value);
  return members?.[value] === undefined ? `one of ${members?.join(", ") ?? ""}` : null;
}

export interface CompiledExpression {
  readonly plan: Plan | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A single expression → a plan with one output for it, or one for each output of a function that has several. */
export function compileExpression(source: Source, catalogue: Catalogue): CompiledExpression {
  const { expression, diagnostics: syntax } = parseExpression(source);
  const diagnostics = [...syntax];
  if (expression === null) return { plan: null, diagnostics };
  const { scope } = openFile({
    source,
    items: [],
    imports: [],
    catalogue,
    elaboration: new Elaboration(catalogue),
    findModule: () => undefined,
    report: (each) => void diagnostics.push(each),
    open: [],
  });
  const value = scope.check(expression, scope);
  const outputs: { name: string; value: TypedExpression }[] = [];
  if (value?.kind === "record")
    mapValues(value, (each, path) => {
      outputs.push({ name: path.slice(1), value: each });
      return each;
    });
  else {
    const sole = value && single(value, expression, scope);
    if (sole !== null) outputs.push({ name: source.text.trim(), value: sole });
  }
  if (hasErrors(diagnostics)) return { plan: null, diagnostics: withoutRepeats(diagnostics) };
  const planned = planOutputs(outputs, scope.elaboration.lets, catalogue);
  const all = withoutRepeats([...diagnostics, ...planned.diagnostics]);
  return { plan: hasErrors(all) ? null : planned.plan, diagnostics: all };
}

export const defaultValues = (program: Program): ParameterValues =>
  Object.fromEntries(program.parameters.map((each) => [each.name, each.default]));

/** Nobody reads more of them at once. */
const mostDiagnostics = 100;

/** The first hundred; of more than that, errors before warnings. */
function theFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= mostDiagnostics) return diagnostics;
  const errors = diagnostics.filter((each) => each.severity === "error");
  return errors.length === 0 ? diagnostics.slice(0, mostDiagnostics) : errors.slice(0, mostDiagnostics);
}

/** The same mistake seen through two uses of a name is one mistake. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((each) => {
    const key = `${each.code} ${each.span.start} ${each.span.end}`;
    return !seen.has(key) && seen.add(key);
  });
}

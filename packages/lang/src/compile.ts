import type { Catalogue } from "./catalogue.js";
import { check } from "./check.js";
import { checkExpression } from "./check-expression.js";
import { diagnostic, hasErrors, type Diagnostic } from "./diagnostic.js";
import { BitFeverError } from "./error.js";
import { parseExpression, parseFile } from "./parse.js";
import { plan, planOutputs, type Plan } from "./plan.js";
import type { Program, TypedExpression } from "./program.js";
import { positionAt, type Source } from "./source.js";
import { isStatic, type ParameterValues } from "./static.js";
import { brokenRule } from "./type.js";

export interface Compilation {
  /** Null when there is an error among the diagnostics. */
  readonly program: Program | null;
  readonly diagnostics: readonly Diagnostic[];
}

const currentEdition = "2026";

/**
 * Source → tokens → CST → AST → typed program. Never throws, whatever the text: what is wrong is in the diagnostics,
 * ordered by place.
 */
export function compile(source: Source, catalogue: Catalogue): Compilation {
  const { edition, strategy, declared, diagnostics: syntax } = parseFile(source);
  const diagnostics = [...syntax];
  if (edition !== null && edition.name !== currentEdition)
    diagnostics.push(diagnostic("BF1003", edition.span, { edition: edition.name }));

  let program: Program | null = null;
  if (strategy !== null) {
    const checked = check({ strategy, source, catalogue, broken: declared, isWhole: syntax.length === 0 });
    // Beside unreadable text a warning ("never used", "no stop") may be about what could not be read.
    diagnostics.push(
      ...checked.diagnostics.filter((each) => syntax.length === 0 || each.severity === "error"),
    );
    program = checked.program;
    if (checked.hasValues)
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
  for (const { name, type } of program.parameters) {
    const rule = Object.hasOwn(given, name) ? brokenRule(type, given[name]) : null;
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
  if (!hasErrors(planned.diagnostics)) return planned.plan;
  const [first] = planned.diagnostics;
  const place = positionAt(program.source, first.span.start);
  throw new BitFeverError("BF5002", `"${program.name}": ${first.message}`, {
    hint: `${program.source.name}, line ${place.line}: the values given do not fit what is written there`,
    diagnostics: planned.diagnostics,
    source: program.source,
  });
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
  const scope = {
    catalogue,
    source,
    resolve: () => undefined,
    names: () => [],
    isStatic,
    report: (each: Diagnostic) => void diagnostics.push(each),
  };
  const several = expression.kind === "call" ? (catalogue.get(expression.callee.name)?.outputs ?? []) : [];
  const wanted =
    several.length > 1
      ? several.map(({ name }) => ({
          name,
          of: {
            kind: "member" as const,
            of: expression,
            member: { name, span: expression.span },
            span: expression.span,
          },
        }))
      : [{ name: source.text.trim(), of: expression }];
  const outputs = wanted.flatMap(({ name, of }): { name: string; value: TypedExpression }[] => {
    const value = checkExpression(of, scope);
    return value === null ? [] : [{ name, value }];
  });
  if (hasErrors(diagnostics)) return { plan: null, diagnostics: withoutRepeats(diagnostics) };
  const planned = planOutputs(outputs, catalogue);
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

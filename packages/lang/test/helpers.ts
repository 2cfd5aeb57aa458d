import { compile, compileExpression, specialise, type Compilation } from "../src/compile.js";
import { hasErrors, renderDiagnostic, type Diagnostic, type Fix } from "../src/diagnostic.js";
import type { Plan } from "../src/plan.js";
import type { Program } from "../src/program.js";
import type { ParameterValues } from "../src/static.js";
import { catalogue } from "./catalogue.js";

const sourceOf = (text: string) => ({ name: "example.bf", text });

/** Declarations as a whole program. */
export const strategy = (body: string): string => `strategy "Example" {\n  ${body}\n}\n`;

/** Declarations beside an entry, so that they are a strategy. */
export const entering = (body: string): string =>
  strategy(`${body}\n  enter long when close > open { stop at low }`);

export const compileText = (text: string): Compilation => compile(sourceOf(text), catalogue);

export const codesOf = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map((each) => each.code);

export const errorsOf = (text: string): Diagnostic[] =>
  compileText(text).diagnostics.filter((each) => each.severity === "error");

/** Every diagnostic of a program as people read it. */
export const rendered = (text: string): string =>
  compileText(text)
    .diagnostics.map((each) => renderDiagnostic(sourceOf(text), each))
    .join("\n\n");

/** The program, or a failure that shows what is wrong with it. */
export function programOf(text: string): Program {
  const { program, diagnostics } = compileText(text);
  if (program === null) throw new Error(`does not compile:\n${text}\n${rendered(text)}`);
  if (hasErrors(diagnostics)) throw new Error("a program in spite of errors");
  return program;
}

export const planOf = (
  text: string,
  values: ParameterValues = {},
  options: { readonly withLets?: boolean } = {},
): Plan => specialise(programOf(text), catalogue, values, options);

/** The plan of one expression, or a failure. */
export function planOfExpression(text: string): Plan {
  const { plan, diagnostics } = compileExpression(sourceOf(text), catalogue);
  if (plan === null)
    throw new Error(diagnostics.map((each) => renderDiagnostic(sourceOf(text), each)).join("\n"));
  return plan;
}

export const expressionCodes = (text: string): string[] =>
  codesOf(compileExpression(sourceOf(text), catalogue).diagnostics);

export function applied(text: string, { edits }: Fix): string {
  return edits
    .toSorted((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)
    .reduce(
      (result, { span, text: written }) => result.slice(0, span.start) + written + result.slice(span.end),
      text,
    );
}

/** What is computed, written with all its parentheses: `(close + (open * 2))`. */
export function written(plan: Plan, column = plan.outputs[0].column): string {
  const node = plan.nodes.find((each) => each.columns.includes(column));
  switch (node?.kind) {
    case "field":
      return node.field;
    case "calendar":
    case "instrument":
    case "account":
      return node.value;
    case "latest":
    case "forming":
      return `${node.kind}(${written(plan, node.input)})`;
    case "across":
      return `${node.reducer} across ${written(plan, node.input)}`;
    case "constant":
      return String(node.value);
    case "kernel": {
      const inputs = node.inputs.map((each) => written(plan, each));
      const output = node.columns.length > 1 ? `.${node.columns.indexOf(column)}` : "";
      return `${node.kernel}(${[...inputs, ...node.parameters].join(", ")})${output}`;
    }
    case undefined:
      throw new Error(`no column ${column}`);
  }
}

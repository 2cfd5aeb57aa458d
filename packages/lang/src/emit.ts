import type { Parameter, Program } from "./program.js";
import { writtenValue } from "./type.js";

/** What `bf-compile --emit` can write. */
export const emitFormats = ["ts", "js", "dts", "plan"] as const;
export type EmitFormat = (typeof emitFormats)[number];

/** A TypeScript module that exports the strategy and the type of its parameters. */
export function emitTypeScript(program: Program): string {
  return [
    header(program),
    `import { defineStrategy, type Strategy } from "bitfever";`,
    parametersType(program),
    `export const strategy: Strategy<Parameters> = defineStrategy<Parameters>(${json(program)});`,
  ]
    .join("\n\n")
    .concat("\n");
}

/**
 * What TypeScript knows of `import { strategy } from "./strategy.bf"`: the text of `strategy.d.bf.ts` beside it, for
 * programs that load `bitfever/register` (the compiler option is `allowArbitraryExtensions`).
 */
export function emitDeclaration(program: Program): string {
  return [
    header(program),
    `import type { Strategy } from "bitfever";`,
    parametersType(program),
    `export declare const strategy: Strategy<Parameters>;`,
  ]
    .join("\n\n")
    .concat("\n");
}

function parametersType(program: Program): string {
  const fields = program.parameters.map((each) => {
    const initial = writtenValue(each, each.default);
    const unit = each.type === "duration" ? "duration in milliseconds" : each.type;
    return `  /** ${unit}, ${initial} by default */\n  ${each.name}: ${typeOf(each)};`;
  });
  return fields.length === 0
    ? "export type Parameters = Record<string, never>;"
    : `export interface Parameters {\n${fields.join("\n")}\n}`;
}

function typeOf({ type, members = [] }: Parameter): string {
  if (type === "enum") return members.map((each) => JSON.stringify(each)).join(" | ");
  return type === "bool" ? "boolean" : "number";
}

/** The same as an ES module without types. */
export function emitJavaScript(program: Program): string {
  return [
    header(program),
    `import { defineStrategy } from "bitfever";`,
    `export const strategy = defineStrategy(${json(program)});`,
  ]
    .join("\n\n")
    .concat("\n");
}

const header = ({ source }: Program): string =>
  `// Compiled by bf-compile from ${oneLine(source.name)}. Do not edit.`;
const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, " ");
const json = (program: Program): string => JSON.stringify(program, null, 2);

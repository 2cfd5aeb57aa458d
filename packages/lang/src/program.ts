import type { AccountValue, FieldName } from "./catalogue.js";
import type { Source, Span } from "./source.js";
import type { ParameterTypeName, ValueType } from "./type.js";

/**
 * The checked program: every name resolved, every value typed, still generic in its parameters. Plain data, so that
 * it can be written to a file, hashed, and sent to a worker.
 */
export interface Program {
  readonly schema: "bitfever/program@1";
  readonly name: string;
  /** The interval it was written for (`15m`); null runs on bars of any interval. */
  readonly clock: string | null;
  readonly parameters: readonly Parameter[];
  readonly requirements: readonly Requirement[];
  /** In an order in which each needs only those before it. */
  readonly lets: readonly { readonly name: string; readonly value: TypedExpression }[];
  readonly rules: readonly Rule[];
  readonly costs: CostClauses;
  readonly source: Source;
}

export interface Parameter {
  readonly name: string;
  readonly type: ParameterTypeName;
  /** Bools are 0 and 1 throughout. */
  readonly default: number;
  readonly range: Range | null;
}

/** What a search may try. */
export type Range =
  | {
      readonly kind: "interval";
      readonly from: number;
      readonly to: number;
      readonly step: number | null;
      readonly logarithmic: boolean;
    }
  | { readonly kind: "choices"; readonly values: readonly number[] };

export interface Requirement {
  readonly condition: TypedExpression;
  readonly span: Span;
}

export interface CostClauses {
  /** Share of the traded value. */
  readonly commission: PlacedExpression | null;
  readonly slippage: (PlacedExpression & { readonly unit: "ticks" | "ratio" }) | null;
}

export type Rule = EnterRule | ExitRule;

export interface EnterRule {
  readonly kind: "enter";
  readonly side: "long" | "short";
  readonly tag: string;
  readonly when: TypedExpression;
  readonly size: TypedSize;
  readonly stop: TypedExpression | null;
  readonly target: TypedExpression | null;
}

export interface ExitRule {
  readonly kind: "exit";
  /** Null leaves either side. */
  readonly side: "long" | "short" | null;
  readonly tag: string;
  readonly when: TypedExpression;
}

/** Units, a share of equity, or the share of equity lost if the stop is hit; at most `cap` of equity. */
export interface TypedSize {
  readonly kind: "units" | "equity" | "risk";
  readonly value: TypedExpression;
  readonly cap: TypedExpression | null;
  readonly span: Span;
}

/** With the place that gives it, for what can only be judged when the parameters have values. */
export interface PlacedExpression {
  readonly value: TypedExpression;
  readonly span: Span;
}

export type TypedExpression =
  | { readonly kind: "constant"; readonly value: number; readonly type: ValueType }
  | { readonly kind: "parameter"; readonly name: string; readonly type: ValueType }
  | { readonly kind: "field"; readonly name: FieldName; readonly type: ValueType }
  | { readonly kind: "account"; readonly name: AccountValue; readonly type: ValueType }
  | { readonly kind: "let"; readonly name: string; readonly type: ValueType }
  | {
      readonly kind: "apply";
      readonly kernel: string;
      readonly operands: readonly TypedExpression[];
      readonly type: ValueType;
    }
  | {
      readonly kind: "delay";
      readonly of: TypedExpression;
      readonly by: TypedExpression;
      readonly type: ValueType;
      readonly span: Span;
    }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly inputs: readonly TypedExpression[];
      /** Static, each with the place that gives it. */
      readonly parameters: readonly PlacedExpression[];
      readonly output: number;
      readonly type: ValueType;
    };

export const constant = (value: number, type: ValueType): TypedExpression => ({
  kind: "constant",
  value,
  type,
});

export const apply = (
  kernel: string,
  operands: readonly TypedExpression[],
  type: ValueType,
): TypedExpression => ({ kind: "apply", kernel, operands, type });

/** What an expression is made of directly. */
function partsOf(of: TypedExpression): readonly TypedExpression[] {
  switch (of.kind) {
    case "apply":
      return of.operands;
    case "delay":
      return [of.of, of.by];
    case "call":
      return [...of.inputs, ...of.parameters.map((each) => each.value)];
    case "constant":
    case "parameter":
    case "field":
    case "account":
    case "let":
      return [];
  }
}

/** The names an expression reads itself; what its `let`s read is theirs. */
export function namesIn(of: TypedExpression): {
  readonly lets: Set<string>;
  readonly parameters: Set<string>;
} {
  const names = { lets: new Set<string>(), parameters: new Set<string>() };
  const open = [of];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each.kind === "let") names.lets.add(each.name);
    if (each.kind === "parameter") names.parameters.add(each.name);
    open.push(...partsOf(each));
  }
  return names;
}

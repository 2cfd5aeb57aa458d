/**
 * One row per operator: how tightly it binds, what it asks of its operands, and the name its kernel has in the engine.
 * Tokens, precedence climbing, the checker and the plan all read this table.
 */
export interface Operator {
  readonly symbol: string;
  readonly kernel: string;
  readonly precedence: number;
  readonly kind: "fallback" | "logic" | "comparison" | "cross" | "sum" | "product";
}

const rows = [
  { symbol: "or else", kernel: "or_else", precedence: 0, kind: "fallback" },
  { symbol: "or", kernel: "or", precedence: 1, kind: "logic" },
  { symbol: "and", kernel: "and", precedence: 2, kind: "logic" },
  { symbol: "<", kernel: "less", precedence: 4, kind: "comparison" },
  { symbol: "<=", kernel: "less_or_equal", precedence: 4, kind: "comparison" },
  { symbol: ">", kernel: "greater", precedence: 4, kind: "comparison" },
  { symbol: ">=", kernel: "greater_or_equal", precedence: 4, kind: "comparison" },
  { symbol: "==", kernel: "equal", precedence: 4, kind: "comparison" },
  { symbol: "!=", kernel: "not_equal", precedence: 4, kind: "comparison" },
  { symbol: "crosses above", kernel: "crosses_above", precedence: 4, kind: "cross" },
  { symbol: "crosses below", kernel: "crosses_below", precedence: 4, kind: "cross" },
  { symbol: "+", kernel: "add", precedence: 5, kind: "sum" },
  { symbol: "-", kernel: "subtract", precedence: 5, kind: "sum" },
  { symbol: "*", kernel: "multiply", precedence: 6, kind: "product" },
  { symbol: "/", kernel: "divide", precedence: 6, kind: "product" },
] as const satisfies readonly Operator[];

export type OperatorSymbol = (typeof rows)[number]["symbol"];

export const operators: ReadonlyMap<string, Operator> = new Map(rows.map((row) => [row.symbol, row]));

/** `not` binds looser than a comparison (`not a > b` is `not (a > b)`), a minus tighter than a product. */
export const prefixOperators = {
  not: { kernel: "not", precedence: 3 },
  "-": { kernel: "negate", precedence: 7 },
} as const;

export type PrefixSymbol = keyof typeof prefixOperators;

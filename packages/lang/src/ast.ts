import type { OperatorSymbol, PrefixSymbol } from "./operators.js";
import type { Span } from "./source.js";

/** What was written, with places; nothing is resolved yet. */
export type Expression =
  | {
      readonly kind: "number";
      readonly value: number;
      readonly unit: LiteralUnit | null;
      readonly span: Span;
    }
  | { readonly kind: "bool"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  | {
      readonly kind: "prefix";
      readonly operator: PrefixSymbol;
      readonly operand: Expression;
      readonly span: Span;
    }
  | BinaryExpression
  | { readonly kind: "history"; readonly of: Expression; readonly by: Expression; readonly span: Span }
  | { readonly kind: "member"; readonly of: Expression; readonly member: Name; readonly span: Span }
  /** `ta.sma(close, 20)`: how functions are called elsewhere, kept to say how it is done here. */
  | {
      readonly kind: "method";
      readonly of: Expression;
      readonly method: Name;
      readonly arguments: readonly Argument[];
      readonly span: Span;
    }
  | {
      readonly kind: "call";
      readonly callee: Name;
      readonly arguments: readonly Argument[];
      readonly span: Span;
    }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
      readonly span: Span;
    };

export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: OperatorSymbol;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** The units a literal can be written with. `%` and `bps` are ratios, already divided. */
export type LiteralUnit = "ratio" | "bars" | "ticks";

export interface Name {
  readonly name: string;
  readonly span: Span;
}

export interface Argument {
  readonly name: Name | null;
  readonly value: Expression;
}

export interface ParameterDeclaration {
  readonly kind: "param";
  readonly name: Name;
  readonly type: Name;
  readonly default: Expression;
  readonly range: ParameterRange | null;
  readonly span: Span;
}

export type ParameterRange =
  | {
      readonly kind: "interval";
      readonly from: Expression;
      readonly to: Expression;
      readonly step: Expression | null;
      readonly logarithmic: boolean;
      readonly span: Span;
    }
  | { readonly kind: "choices"; readonly values: readonly Expression[]; readonly span: Span };

export interface LetDeclaration {
  readonly kind: "let";
  readonly name: Name;
  readonly value: Expression;
  readonly span: Span;
}

export interface RequireDeclaration {
  readonly kind: "require";
  readonly condition: Expression;
  readonly span: Span;
}

export interface CostsDeclaration {
  readonly kind: "costs";
  /** More than one of either is reported by the checker. */
  readonly commissions: readonly Expression[];
  readonly slippages: readonly Expression[];
  readonly span: Span;
}

/** `size 10`, `size 20% of equity`, `size risk(1%) capped 20% of equity`. */
export interface SizeClause {
  readonly kind: "units" | "equity";
  readonly value: Expression;
  readonly cap: Expression | null;
  readonly span: Span;
}

export interface EnterDeclaration {
  readonly kind: "enter";
  readonly side: "long" | "short";
  readonly tag: string | null;
  readonly when: Expression;
  /** More than one is reported by the checker. */
  readonly sizes: readonly SizeClause[];
  readonly stops: readonly Expression[];
  readonly targets: readonly Expression[];
  /** Where `unprotected` is written. */
  readonly unprotected: readonly Span[];
  /** False when a clause could not be read: what seems to be missing may stand there. */
  readonly isComplete: boolean;
  readonly keyword: Span;
  readonly span: Span;
}

export interface ExitDeclaration {
  readonly kind: "exit";
  readonly side: "long" | "short" | null;
  readonly tag: string | null;
  readonly when: Expression;
  readonly span: Span;
}

export type Declaration =
  | ParameterDeclaration
  | LetDeclaration
  | RequireDeclaration
  | CostsDeclaration
  | EnterDeclaration
  | ExitDeclaration;

export interface StrategyDeclaration {
  readonly name: string;
  readonly nameSpan: Span;
  readonly clock: Name | null;
  readonly body: readonly Declaration[];
  readonly span: Span;
}

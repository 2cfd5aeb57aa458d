import type { OperatorSymbol, PrefixSymbol } from "./operators.js";
import type { TrailMoves } from "./planned-rule.js";
import type { Span } from "./source.js";
import type { WeightingName } from "./weightings.js";

/** What was written, with places; nothing is resolved yet. */
export type Expression =
  | {
      readonly kind: "number";
      readonly value: number;
      readonly unit: LiteralUnit | null;
      readonly span: Span;
    }
  | { readonly kind: "bool"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "none"; readonly span: Span }
  | { readonly kind: "text"; readonly text: string; readonly span: Span }
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  | {
      readonly kind: "prefix";
      readonly operator: PrefixSymbol;
      readonly operand: Expression;
      readonly span: Span;
    }
  | BinaryExpression
  | { readonly kind: "history"; readonly of: Expression; readonly by: Expression; readonly span: Span }
  /** `close[0..9]`: the values from one bar back to another, both included. */
  | {
      readonly kind: "window";
      readonly of: Expression;
      readonly from: Expression;
      readonly to: Expression;
      readonly span: Span;
    }
  | { readonly kind: "member"; readonly of: Expression; readonly member: Name; readonly span: Span }
  /** `levels.width()`: a method, a function of a module, or how functions are called elsewhere. */
  | {
      readonly kind: "method";
      readonly of: Expression;
      readonly method: Name;
      readonly arguments: readonly Argument[];
      readonly span: Span;
    }
  | CallExpression
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "match";
      readonly of: Expression;
      readonly cases: readonly MatchCase[];
      readonly span: Span;
    }
  | { readonly kind: "record"; readonly entries: readonly Entry[]; readonly span: Span }
  | { readonly kind: "tuple"; readonly items: readonly Expression[]; readonly span: Span }
  | LoopExpression
  | AcrossExpression;

export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: OperatorSymbol;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface CallExpression {
  readonly kind: "call";
  readonly callee: Name;
  readonly arguments: readonly Argument[];
  readonly span: Span;
}

/** `for k in 0..9 with total = 0 where c: body`, the argument of a fold or an aggregate. */
export interface LoopExpression {
  readonly kind: "loop";
  readonly variable: Name;
  /** A window, or where a range starts. */
  readonly over: Expression;
  readonly to: Expression | null;
  readonly accumulator: { readonly name: Name; readonly initial: Expression } | null;
  readonly filter: Expression | null;
  readonly body: Expression;
  readonly span: Span;
}

/** `for each where c: body`, over the members of the universe: the argument of an aggregate. */
export interface AcrossExpression {
  readonly kind: "across";
  readonly filter: Expression | null;
  readonly body: Expression;
  readonly span: Span;
}

export interface MatchCase {
  /** Null is `else`. */
  readonly name: Name | null;
  readonly value: Expression;
}

export interface Entry {
  readonly name: Name;
  readonly value: Expression;
}

/** The units a literal can be written with. `%` and `bps` are ratios, already divided; times are milliseconds. */
export type LiteralUnit = "ratio" | "bars" | "ticks" | "time";

export interface Name {
  readonly name: string;
  readonly span: Span;
}

/** `price`, `price?`, `levels.Range`. */
export interface TypeName {
  readonly module: Name | null;
  readonly name: string;
  readonly optional: boolean;
  readonly span: Span;
}

export interface Argument {
  readonly name: Name | null;
  readonly value: Expression;
}

export interface ImportDeclaration {
  readonly kind: "import";
  readonly path: string;
  readonly pathSpan: Span;
  readonly name: Name;
  readonly span: Span;
}

export interface TypeDeclaration {
  readonly kind: "type";
  readonly name: Name;
  readonly fields: readonly { readonly name: Name; readonly type: TypeName }[];
  readonly span: Span;
}

export interface EnumDeclaration {
  readonly kind: "enum";
  readonly name: Name;
  readonly members: readonly Name[];
  readonly span: Span;
}

export interface FunctionDeclaration {
  readonly kind: "fn";
  readonly name: Name;
  /** The record type whose method it is. */
  readonly of: Name | null;
  readonly parameters: readonly FunctionParameter[];
  readonly result: TypeName | null;
  readonly definitions: readonly (LetDeclaration | StateDeclaration)[];
  readonly value: Expression;
  readonly span: Span;
}

export interface FunctionParameter {
  readonly name: Name;
  readonly type: TypeName | null;
  readonly default: Expression | null;
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
  /** The names of `let (a, b) = …`; null gives one name to all of it. */
  readonly parts: readonly Name[] | null;
  readonly type: TypeName | null;
  readonly value: Expression;
  readonly span: Span;
}

export interface StateDeclaration {
  readonly kind: "state";
  readonly name: Name;
  readonly type: TypeName | null;
  readonly initial: Expression;
  readonly reset: Reset;
  readonly actions: readonly Action[];
  readonly span: Span;
}

export type Reset =
  | { readonly kind: "session" | "week" | "month" | "never" }
  | { readonly kind: "when"; readonly condition: Expression };

export type Action =
  | { readonly kind: "set"; readonly name: Name; readonly value: Expression; readonly span: Span }
  | {
      readonly kind: "when";
      readonly condition: Expression;
      readonly actions: readonly Action[];
      readonly otherwise: readonly Action[];
      readonly span: Span;
    };

export interface OnDeclaration {
  readonly kind: "on";
  /** As it is written: `1d`, `spy`, `spy 1w`. */
  readonly clock: Name;
  readonly market: Name | null;
  readonly interval: Name | null;
  readonly definitions: readonly (LetDeclaration | StateDeclaration)[];
  readonly span: Span;
}

/** `market "SPY" as spy`: another symbol, whose bars can be read. */
export interface MarketDeclaration {
  readonly kind: "market";
  readonly symbol: string;
  readonly symbolSpan: Span;
  readonly name: Name;
  readonly calendar: Name | null;
  readonly span: Span;
}

/** `universe "AAPL", "MSFT"`; without symbols all there are. */
export interface UniverseDeclaration {
  readonly kind: "universe";
  readonly symbols: readonly Name[];
  readonly span: Span;
}

/** `hold top 10 by score where liquid`; without a choice each that the filter lets through. */
export interface HoldClause {
  readonly side: "long" | "short";
  readonly choice: {
    readonly order: "top" | "bottom";
    readonly count: Expression;
    readonly by: Expression;
  } | null;
  readonly filter: Expression | null;
  readonly span: Span;
}

/** `weight by x capped 10%`; `weight risk_parity(60)` shares by what the returns of so many bars were. */
export interface WeightClause {
  readonly kind: "equal" | "by" | "at" | "returns";
  /** Null for the other kinds. */
  readonly weighting: WeightingName | null;
  /** Whether the covariance of the returns is shrunk. */
  readonly isShrunk: boolean;
  /** Null for `equal`; for `returns` the number of bars. */
  readonly value: Expression | null;
  readonly cap: Expression | null;
  /** Whether the others have what the cap cuts off. */
  readonly isRedistributed: boolean;
  readonly span: Span;
}

export interface RebalanceDeclaration {
  readonly kind: "rebalance";
  readonly tag: string | null;
  readonly every: Name | null;
  readonly when: Expression | null;
  readonly holds: readonly HoldClause[];
  /** More than one of any is reported by the checker. */
  readonly weights: readonly WeightClause[];
  readonly exposures: readonly Expression[];
  readonly bands: readonly Expression[];
  readonly span: Span;
}

/** `allow forming`: what a strategy may do that is better left alone. */
export interface AllowDeclaration {
  readonly kind: "allow";
  readonly what: Name;
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
  readonly carries: readonly Expression[];
  readonly span: Span;
}

export interface FillsDeclaration {
  readonly kind: "fills";
  readonly paths: readonly Name[];
  readonly profiles: readonly Name[];
  readonly throughs: readonly Expression[];
  readonly volumes: readonly Expression[];
  readonly latencies: readonly Expression[];
  readonly touches: readonly Expression[];
  readonly onClose: boolean;
  readonly hedging: readonly Span[];
  readonly span: Span;
}

/** `at limit close - 1`, `at stop high limit high * 1.01`, `at close`. */
export type OrderForm =
  | { readonly kind: "market"; readonly at: "open" | "close"; readonly span: Span }
  | {
      readonly kind: "limit";
      readonly price: Expression;
      /** Taken back where it would trade at once. */
      readonly isPostOnly: boolean;
      readonly span: Span;
    }
  | { readonly kind: "stop" | "market_if_touched"; readonly price: Expression; readonly span: Span }
  | {
      readonly kind: "stop_limit" | "limit_if_touched";
      readonly price: Expression;
      readonly limit: Expression;
      readonly span: Span;
    };

export type Duration =
  | { readonly kind: "gtc" | "day" | "ioc" | "fok"; readonly span: Span }
  /** Bars, or a stretch of time. */
  | { readonly kind: "for"; readonly length: Expression; readonly span: Span }
  | { readonly kind: "date"; readonly until: Expression; readonly span: Span };

/** `size 10`, `size worth 5_000`, `size 20% of equity`, `size risk(1%) capped 20% of equity`. */
export interface SizeClause {
  readonly kind: "units" | "money" | "equity";
  readonly value: Expression;
  readonly cap: Expression | null;
  readonly span: Span;
}

/** `stop at price`, or `stop by distance` from the price of the fill. */
export interface StopClause {
  readonly price: Expression;
  readonly isDistance: boolean;
  readonly limit: Expression | null;
  readonly span: Span;
}

export interface TargetClause {
  readonly price: Expression;
  readonly isDistance: boolean;
  readonly share: Expression | null;
  readonly span: Span;
}

export interface TrailClause {
  readonly distance: Expression;
  readonly after: Expression | null;
  readonly on: TrailMoves;
  readonly span: Span;
}

export interface EnterDeclaration {
  readonly kind: "enter";
  readonly side: "long" | "short";
  readonly tag: string | null;
  readonly form: OrderForm | null;
  readonly when: Expression;
  /** More than one is reported by the checker, here and below. */
  readonly sizes: readonly SizeClause[];
  readonly stops: readonly StopClause[];
  readonly targets: readonly TargetClause[];
  readonly trails: readonly TrailClause[];
  readonly durations: readonly Duration[];
  readonly pyramids: readonly Expression[];
  readonly groups: readonly { readonly name: string; readonly span: Span }[];
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
  readonly form: OrderForm | null;
  readonly when: Expression;
  readonly shares: readonly Expression[];
  readonly durations: readonly Duration[];
  readonly span: Span;
}

/** `flatten "late" when …` and `cancel "dip" when …`. */
export interface CommandDeclaration {
  readonly kind: "flatten" | "cancel";
  readonly tag: string | null;
  readonly when: Expression;
  readonly span: Span;
}

export interface LimitDeclaration {
  readonly kind: "limit";
  readonly measure: Name;
  readonly most: Expression;
  readonly action: Name | null;
  readonly span: Span;
}

export interface AlertDeclaration {
  readonly kind: "alert";
  readonly text: string;
  readonly textSpan: Span;
  readonly when: Expression;
  readonly span: Span;
}

export interface PlotDeclaration {
  readonly kind: "plot";
  readonly value: Expression;
  readonly title: string | null;
  readonly colors: readonly Name[];
  readonly widths: readonly Name[];
  readonly styles: readonly Name[];
  readonly panes: readonly string[];
  readonly span: Span;
}

export interface TestDeclaration {
  readonly kind: "test";
  readonly name: string;
  readonly with: readonly Entry[];
  readonly tables: readonly BarTable[];
  readonly expectations: readonly Expectation[];
  readonly span: Span;
}

/** Bars written out: the names of the columns, then the numbers row by row. */
export interface BarTable {
  /** Null for the bars of the strategy itself. */
  readonly symbol: Name | null;
  readonly interval: Name | null;
  readonly columns: readonly Name[];
  readonly cells: readonly (number | null)[];
  readonly span: Span;
}

export type Expectation =
  | { readonly kind: "orders"; readonly orders: readonly ExpectedOrder[]; readonly span: Span }
  | {
      readonly kind: "value";
      readonly value: Expression;
      /** Null asks it of every bar on which it has a value. */
      readonly bar: number | null;
      /** Of a universe; null asks it of every member. */
      readonly symbol: Name | null;
      readonly span: Span;
    };

export interface ExpectedOrder {
  readonly bar: number;
  readonly side: "buy" | "sell";
  readonly quantity: number | null;
  readonly symbol: Name | null;
  readonly at: "open" | "close" | number;
  readonly tag: string | null;
  readonly span: Span;
}

export interface PropertyDeclaration {
  readonly kind: "property";
  readonly name: string;
  readonly with: readonly Entry[];
  readonly bars: { readonly from: number; readonly to: number } | null;
  readonly assertions: readonly Expression[];
  readonly span: Span;
}

export interface LawDeclaration {
  readonly kind: "law";
  readonly law: Name;
  readonly span: Span;
}

export interface GoldenDeclaration {
  readonly kind: "golden";
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
}

export type Definition = LetDeclaration | StateDeclaration;

export type Declaration =
  | ParameterDeclaration
  | Definition
  | OnDeclaration
  | FunctionDeclaration
  | TypeDeclaration
  | EnumDeclaration
  | RequireDeclaration
  | CostsDeclaration
  | FillsDeclaration
  | EnterDeclaration
  | ExitDeclaration
  | CommandDeclaration
  | LimitDeclaration
  | AlertDeclaration
  | PlotDeclaration
  | TestDeclaration
  | PropertyDeclaration
  | LawDeclaration
  | GoldenDeclaration
  | MarketDeclaration
  | UniverseDeclaration
  | RebalanceDeclaration
  | AllowDeclaration;

/** What may stand beside a strategy, and in a file without one. */
export interface Item {
  readonly isPublic: boolean;
  readonly declaration:
    | FunctionDeclaration
    | TypeDeclaration
    | EnumDeclaration
    | LetDeclaration
    | TestDeclaration
    | PropertyDeclaration;
}

export interface StrategyDeclaration {
  readonly name: string;
  readonly nameSpan: Span;
  readonly clock: Name | null;
  readonly calendar: Name | null;
  readonly body: readonly Declaration[];
  readonly span: Span;
}

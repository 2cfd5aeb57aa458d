import type { AccountValue, CalendarValue, FieldName, InstrumentValue } from "./catalogue.js";
import type { PlannedLimit, TrailMoves } from "./planned-rule.js";
import type { Source, Span } from "./source.js";
import type { ParameterTypeName, ValueType } from "./type.js";
import type { WeightingName } from "./weightings.js";

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
  /** Names the calendar whose sessions are its days; null takes the one of the settings. */
  readonly calendar: string | null;
  /** Other symbols whose bars it reads. */
  readonly markets: readonly Market[];
  /** Null trades the one symbol of its data. */
  readonly universe: Universe | null;
  /** Whether orders may rest on bars of slower clocks that have not closed. */
  readonly allowsForming: boolean;
  /** In an order in which each needs only those before it, and older values of any. */
  readonly lets: readonly Let[];
  readonly rules: readonly Rule[];
  readonly limits: readonly LimitRule[];
  readonly alerts: readonly Alert[];
  readonly plots: readonly Plot[];
  readonly fills: FillClauses;
  readonly costs: CostClauses;
  readonly tests: readonly Test[];
  readonly source: Source;
}

/** Another symbol, under the name by which its bars are read. */
export interface Market {
  readonly name: string;
  readonly symbol: string;
  /** Null has the calendar of the strategy. */
  readonly calendar: string | null;
}

/** The program is worked out for each of its symbols; null are all there are. */
export interface Universe {
  readonly symbols: readonly string[] | null;
  readonly rebalances: readonly Rebalance[];
}

/** What to hold of the universe, and how much of each. */
export interface Rebalance {
  readonly tag: string;
  /** The clock on whose closes it acts; null is every bar. */
  readonly every: string | null;
  readonly when: TypedExpression | null;
  readonly holds: readonly Hold[];
  readonly weight:
    | { readonly kind: "equal" }
    | ({ readonly kind: "by" | "at" } & PlacedExpression)
    | {
        readonly kind: "returns";
        readonly weighting: WeightingName;
        readonly isShrunk: boolean;
        readonly length: PlacedExpression;
      };
  readonly cap: PlacedExpression | null;
  /** Whether the others have what the cap cuts off. */
  readonly isRedistributed: boolean;
  readonly exposure: PlacedExpression | null;
  readonly band: PlacedExpression | null;
}

export interface Hold {
  readonly side: "long" | "short";
  /** Null holds each that the filter lets through. */
  readonly choice: {
    readonly order: "top" | "bottom";
    readonly count: PlacedExpression;
    readonly by: TypedExpression;
  } | null;
  readonly filter: TypedExpression | null;
}

/** A value with a name. */
export interface Let {
  readonly name: string;
  readonly value: TypedExpression;
  /** The slower clock it lives on; absent for the strategy's own. */
  readonly clock?: string;
  /** Nobody gave it this name: a part of a function's result, a step of a `state`. */
  readonly hidden?: true;
}

/** A parameter of a program: its type, its default, and where it may be searched. */
export interface Parameter {
  readonly name: string;
  readonly type: ParameterTypeName | "enum";
  /** The names behind the numbers 0, 1, 2, … of an `enum`. */
  readonly members?: readonly string[];
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
  /** Their commissions add up, as do the distances of slippages. */
  readonly commissions: readonly CostClause[];
  readonly slippages: readonly CostClause[];
  /** What holding costs. */
  readonly carries: readonly CostClause[];
}

/** A model with its parameters, null where one is left out; `ticks` and `share` are numbers alone. */
export interface CostClause {
  readonly model: string;
  readonly parameters: readonly (PlacedExpression | null)[];
  readonly span: Span;
}

export interface FillClauses {
  readonly path: string | null;
  readonly through: PlacedExpression | null;
  readonly onClose: boolean;
  /** Long and short positions are held side by side. */
  readonly hedges: boolean;
  readonly volume: PlacedExpression | null;
  readonly latency: PlacedExpression | null;
  readonly touch: PlacedExpression | null;
  readonly profile: string | null;
}

export type Rule = EnterRule | ExitRule | CancelRule;

export type RuleForm =
  | { readonly kind: "market"; readonly at: "open" | "close" }
  | { readonly kind: "limit"; readonly price: TypedExpression; readonly isPostOnly: boolean }
  | { readonly kind: "stop" | "market_if_touched"; readonly price: TypedExpression }
  | {
      readonly kind: "stop_limit" | "limit_if_touched";
      readonly price: TypedExpression;
      readonly limit: TypedExpression;
    };

export type RuleDuration =
  | { readonly kind: "gtc" | "day" | "ioc" | "fok" }
  | { readonly kind: "bars"; readonly count: PlacedExpression }
  /** From the close of the bar that sends the order. */
  | { readonly kind: "span"; readonly length: TypedExpression }
  | { readonly kind: "date"; readonly until: TypedExpression };

/** A price, or how far it is from that of the fill: in price, or as a share of it. */
export interface RulePrice {
  readonly price: TypedExpression;
  readonly by: "price" | "ratio" | null;
}

export interface EnterRule {
  readonly kind: "enter";
  readonly side: "long" | "short";
  readonly tag: string;
  readonly when: TypedExpression;
  readonly form: RuleForm;
  readonly duration: RuleDuration;
  readonly size: TypedSize;
  readonly stop: (RulePrice & { readonly limit: TypedExpression | null }) | null;
  readonly targets: readonly (RulePrice & { readonly share: PlacedExpression | null })[];
  readonly trail: {
    readonly distance: TypedExpression;
    /** In price, or as a share of the best price. */
    readonly unit: "price" | "ratio";
    readonly after: PlacedExpression | null;
    readonly on: TrailMoves;
  } | null;
  /** How many entries may be open at once on this side; null is one. */
  readonly entries: PlacedExpression | null;
  readonly group: string | null;
}

export interface ExitRule {
  readonly kind: "exit";
  /** Null leaves either side. */
  readonly side: "long" | "short" | null;
  readonly tag: string;
  readonly when: TypedExpression;
  readonly form: RuleForm;
  readonly duration: RuleDuration;
  readonly share: PlacedExpression | null;
}

export interface CancelRule {
  readonly kind: "cancel";
  readonly tag: string | null;
  readonly when: TypedExpression;
}

export interface LimitRule extends Omit<PlannedLimit, "most"> {
  readonly most: PlacedExpression;
}

export interface Alert {
  readonly when: TypedExpression;
  /** Texts, and the values whose numbers stand between them. */
  readonly text: readonly (string | TypedExpression)[];
}

export const plotStyles = ["line", "step", "histogram", "area", "dots", "cross", "background"] as const;
export type PlotStyle = (typeof plotStyles)[number];

export interface Plot extends PlotLook {
  readonly title: string;
  readonly value: TypedExpression;
}

export interface PlotLook {
  readonly style: PlotStyle;
  /** A colour by its CSS name; null lets the chart choose. */
  readonly color: string | null;
  readonly width: number;
  /** `main` is the pane of the prices; null is where its values fit. */
  readonly pane: string | null;
}

/** Units, money, a share of equity, or the share of equity lost if the stop is hit; at most `cap` of equity. */
export interface TypedSize {
  readonly kind: "units" | "money" | "equity" | "risk";
  readonly value: TypedExpression;
  readonly cap: TypedExpression | null;
  readonly span: Span;
}

/** A test, property, law or golden of the program itself; run by `bf test`. */
export type Test =
  | {
      readonly kind: "test";
      readonly name: string;
      readonly values: Readonly<Record<string, number>>;
      readonly tables: readonly TestTable[];
      readonly expectations: readonly TypedExpectation[];
      readonly span: Span;
    }
  | {
      readonly kind: "property";
      readonly name: string;
      readonly values: Readonly<Record<string, number>>;
      readonly bars: { readonly from: number; readonly to: number };
      readonly assertions: readonly PlacedExpression[];
      readonly span: Span;
    }
  | { readonly kind: "law"; readonly name: LawName; readonly span: Span }
  | { readonly kind: "golden"; readonly name: string; readonly span: Span };

/** Bars written out, row by row: those of a symbol, or of the strategy itself. */
export interface TestTable {
  readonly symbol: string | null;
  readonly interval: string | null;
  readonly columns: readonly string[];
  readonly cells: readonly (number | null)[];
  readonly span: Span;
}

/** The warm-up of the plan, as the expectations of a test read it: a parameter that nobody can write. */
export const warmupName = "#warmup";

export const lawNames = ["scale", "mirror", "shift", "prefix"] as const;
export type LawName = (typeof lawNames)[number];

export type TypedExpectation =
  | {
      readonly kind: "orders";
      readonly orders: readonly {
        readonly bar: number;
        readonly side: "buy" | "sell";
        readonly quantity: number | null;
        readonly symbol: string | null;
        readonly at: "open" | "close" | number;
        readonly tag: string | null;
        readonly span: Span;
      }[];
      readonly span: Span;
    }
  | {
      readonly kind: "value";
      readonly value: TypedExpression;
      readonly bar: number | null;
      readonly symbol: string | null;
      readonly span: Span;
    };

/** With the place that gives it, for what can only be judged when the parameters have values. */
export interface PlacedExpression {
  readonly value: TypedExpression;
  readonly span: Span;
  /** What it is for messages, where that is not clear from its place. */
  readonly what?: string;
}

export type TypedExpression =
  | { readonly kind: "constant"; readonly value: number; readonly type: ValueType }
  | { readonly kind: "parameter"; readonly name: string; readonly type: ValueType }
  | { readonly kind: "field"; readonly name: FieldName; readonly type: ValueType }
  | { readonly kind: "calendar"; readonly name: CalendarValue; readonly type: ValueType }
  | { readonly kind: "instrument"; readonly name: InstrumentValue; readonly type: ValueType }
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
    }
  /** The value a `let` had one bar ago; on the first bar of its clock, what it starts from. */
  | {
      readonly kind: "previous";
      readonly name: string;
      readonly initial: TypedExpression;
      readonly type: ValueType;
    }
  /** The value on the last closed bar of a slower clock. */
  | {
      readonly kind: "latest";
      readonly of: TypedExpression;
      readonly clock: string;
      readonly type: ValueType;
    }
  /** The value on the bar of a slower clock that has not closed yet, as far as it has come. */
  | {
      readonly kind: "forming";
      readonly of: TypedExpression;
      readonly clock: string;
      readonly type: ValueType;
      readonly span: Span;
    }
  /** A value of all members of the universe that have a bar at the time, or of one among them. */
  | {
      readonly kind: "across";
      readonly reducer: Reducer;
      /** What is written, for messages: a mean is a sum and a count. */
      readonly name: string;
      readonly of: TypedExpression;
      /** Of a rank: whether it is one of the first so many; null is the rank itself. */
      readonly most: PlacedExpression | null;
      readonly type: ValueType;
      readonly span: Span;
    }
  /**
   * `body` once for each whole number from `from` to `to`, which is the parameter `index` in it, each time with the
   * last result as `accumulator`.
   */
  | {
      readonly kind: "fold";
      readonly index: string;
      readonly from: TypedExpression;
      readonly to: TypedExpression;
      readonly accumulator: string;
      readonly initial: TypedExpression;
      readonly body: TypedExpression;
      readonly type: ValueType;
      readonly span: Span;
    }
  | { readonly kind: "accumulator"; readonly name: string; readonly type: ValueType };

/** `rank` is 1 for the largest; `count` counts the values that are there. */
export type Reducer = "rank" | "sum" | "count" | "max" | "min";

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
export function partsOf(of: TypedExpression): readonly TypedExpression[] {
  switch (of.kind) {
    case "apply":
      return of.operands;
    case "delay":
      return [of.of, of.by];
    case "call":
      return [...of.inputs, ...of.parameters.map((each) => each.value)];
    case "previous":
      return [of.initial];
    case "latest":
    case "forming":
      return [of.of];
    case "across":
      return of.most === null ? [of.of] : [of.of, of.most.value];
    case "fold":
      return [of.from, of.to, of.initial, of.body];
    case "constant":
    case "parameter":
    case "field":
    case "calendar":
    case "instrument":
    case "account":
    case "let":
    case "accumulator":
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
    if (each.kind === "let" || each.kind === "previous") names.lets.add(each.name);
    if (each.kind === "parameter") names.parameters.add(each.name);
    open.push(...partsOf(each));
  }
  return names;
}

/** What decides whether, how much and at what price a rule trades. */
export function expressionsOfRule(rule: Rule): readonly TypedExpression[] {
  if (rule.kind === "cancel") return [rule.when];
  const { form, duration } = rule;
  const prices = [
    ...(form.kind === "market" ? [] : [form.price]),
    ...("limit" in form ? [form.limit] : []),
    ...(duration.kind === "span" ? [duration.length] : []),
    ...(duration.kind === "date" ? [duration.until] : []),
  ];
  if (rule.kind === "exit") return [rule.when, ...prices];
  const { when, size, stop, targets, trail } = rule;
  const protection = [stop?.price, stop?.limit, ...targets.map((each) => each.price), trail?.distance];
  return [when, ...prices, size.value, size.cap, ...protection].filter(
    (each) => each !== null && each !== undefined,
  );
}

/** What decides when a universe is rebalanced, and what is held of it then. */
export function expressionsOfRebalance({ when, holds, weight }: Rebalance): readonly TypedExpression[] {
  const chosen = holds.flatMap(({ choice, filter }) => [choice?.by, filter]);
  const weighed = weight.kind === "by" || weight.kind === "at" ? [weight.value] : [];
  return [when, ...chosen, ...weighed].filter((each) => each !== null && each !== undefined);
}

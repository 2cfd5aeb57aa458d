import type { AccountValue, CalendarValue, FieldName, InstrumentValue } from "./catalogue.js";
import type { ColumnId } from "./column.js";
import type { CostModel } from "./cost-models.js";
import type {
  PlannedAlert,
  PlannedDuration,
  PlannedFills,
  PlannedForm,
  PlannedLimit,
  PlannedRule,
} from "./planned-rule.js";
import type { PlannedRebalance, PlannedUniverse } from "./planned-universe.js";
import type { Market, PlotLook, Reducer } from "./program.js";
import type { ParameterValues } from "./static.js";

/**
 * What to compute for one set of parameter values: a graph as plain data, in an order in which each node needs only
 * those before it. Equal nodes are one node.
 */
export interface Plan {
  readonly schema: "bitfever/plan@1";
  readonly name: string;
  readonly clock: string | null;
  /** Whose sessions are the days; null leaves it to the settings. */
  readonly calendar: string | null;
  readonly parameters: ParameterValues;
  /** Other symbols whose bars the plan reads. */
  readonly markets: readonly PlannedMarket[];
  /** Null trades the one symbol of its data. */
  readonly universe: PlannedUniverse | null;
  /** Whether orders may rest on bars of slower clocks that have not closed. */
  readonly allowsForming: boolean;
  /** The strategy's own clock, then the others, each behind the one whose bars it is built from. */
  readonly clocks: readonly PlannedClock[];
  readonly nodes: readonly PlanNode[];
  /** How many columns the nodes fill; a column's id is its place among them. */
  readonly columns: number;
  /** Bars of the strategy's own clock before the first on which an order may be placed. */
  readonly warmup: number;
  /** How many bars before the current one any kernel of the strategy's own clock reads. */
  readonly lookback: number;
  readonly rules: readonly PlannedRule[];
  readonly limits: readonly PlannedLimit[];
  readonly alerts: readonly PlannedAlert[];
  readonly fills: PlannedFills;
  readonly costs: PlannedCosts;
  /** Named columns that somebody asked to see. */
  readonly outputs: readonly PlannedOutput[];
}

export interface PlannedOutput {
  readonly name: string;
  readonly column: ColumnId;
  readonly unit: string;
  /** How the program wants it drawn; absent for what it only gives a name. */
  readonly plot?: PlotLook;
}

export type PlannedMarket = Market;

export interface PlannedClock {
  /** `1d`; null are the bars of its market as they come. */
  readonly interval: string | null;
  /** The place of its market among those of the plan; null is the one that the strategy trades. */
  readonly market: number | null;
  /** Bars of this clock before the first on which an order may be placed. */
  readonly warmup: number;
  readonly lookback: number;
}

interface Computed {
  /** The columns this node fills, one for each output. */
  readonly columns: readonly ColumnId[];
  /** The place of its clock among those of the plan. */
  readonly clock: number;
  /** Bars of its clock before the first value. */
  readonly warmup: number;
  /**
   * `column`: depends on bars alone, so it is computed for many bars at once. `bar`: depends on the account, so it is
   * computed for one bar at a time, after the fills of that bar.
   */
  readonly phase: "column" | "bar";
  /** Nodes with the same number need one another's earlier values, and are computed bar by bar together. */
  readonly loop: number | null;
}

export type PlanNode =
  | (Computed & { readonly kind: "field"; readonly field: FieldName })
  | (Computed & { readonly kind: "calendar"; readonly value: CalendarValue })
  | (Computed & { readonly kind: "instrument"; readonly value: InstrumentValue })
  | (Computed & { readonly kind: "constant"; readonly value: number })
  | (Computed & { readonly kind: "account"; readonly value: AccountValue })
  /** The value of a slower clock's column on its last closed bar. */
  | (Computed & { readonly kind: "latest"; readonly input: ColumnId; readonly from: number })
  /** The value of a slower clock's column on the bar that has not closed, as far as it has come. */
  | (Computed & { readonly kind: "forming"; readonly input: ColumnId; readonly from: number })
  /** Worked out from the same column of all members of the universe that have a bar at the time. */
  | (Computed & { readonly kind: "across"; readonly reducer: Reducer; readonly input: ColumnId })
  | (Computed & {
      readonly kind: "kernel";
      readonly kernel: string;
      readonly parameters: readonly number[];
      readonly inputs: readonly ColumnId[];
      readonly lookback: number;
    });

/** Without any of a kind it is left to the settings. */
export interface PlannedCosts {
  readonly commissions: readonly CostModel[];
  readonly slippages: readonly CostModel[];
  readonly carries: readonly CostModel[];
}

function formColumns(form: PlannedForm): ColumnId[] {
  switch (form.kind) {
    case "market":
      return [];
    case "limit":
    case "stop":
    case "market_if_touched":
      return [form.price];
    case "stop_limit":
    case "limit_if_touched":
      return [form.price, form.limit];
  }
}

function durationColumns(duration: PlannedDuration): ColumnId[] {
  switch (duration.kind) {
    case "span":
      return [duration.length];
    case "date":
      return [duration.until];
    default:
      return [];
  }
}

/** The columns that decide whether, how much and at what price a rule trades. */
export function columnsOf(rule: PlannedRule): ColumnId[] {
  if (rule.kind === "cancel") return [rule.when];
  if (rule.kind === "exit") return [rule.when, ...formColumns(rule.form), ...durationColumns(rule.duration)];
  const { when, form, duration, size, stop, targets, trail } = rule;
  const prices = [stop?.price, stop?.limit, ...targets.map((each) => each.price), trail?.distance];
  return [when, ...formColumns(form), ...durationColumns(duration), size.value, size.cap, ...prices].filter(
    (each) => each !== null && each !== undefined,
  );
}

/** The columns that decide what is held of a universe. */
export const columnsOfRebalance = ({ when, holds, weight }: PlannedRebalance): ColumnId[] =>
  [
    when,
    ...holds.flatMap(({ by, where }) => [by, where]),
    weight.kind === "equal" ? null : weight.kind === "returns" ? weight.oldest : weight.column,
  ].filter((each) => each !== null);

/** What a clock is called: `1d`, `spy`, `spy 1w`; the strategy's own by its interval. */
export function clockNameOf({ clocks, markets, clock: own }: Plan, clock: number): string {
  const { interval, market } = clocks[clock];
  if (market === null) return interval ?? own ?? "bars";
  const { name } = markets[market];
  return interval === null ? name : `${name} ${interval}`;
}

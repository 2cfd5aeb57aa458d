import type { AccountValue, CalendarValue, FieldName, InstrumentValue } from "./catalogue.js";
import type { ColumnId } from "./column.js";
import type { PlannedAlert, PlannedFills, PlannedForm, PlannedLimit, PlannedRule } from "./planned-rule.js";
import type { PlotLook } from "./program.js";
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
  /** The strategy's own clock, then the slower ones. */
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

export interface PlannedClock {
  /** `1d`; null is the strategy's own. */
  readonly interval: string | null;
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
  | (Computed & {
      readonly kind: "kernel";
      readonly kernel: string;
      readonly parameters: readonly number[];
      readonly inputs: readonly ColumnId[];
      readonly lookback: number;
    });

export interface PlannedCosts {
  readonly commission: number | null;
  readonly slippage: { readonly unit: "ticks" | "ratio"; readonly value: number } | null;
}

function formColumns(form: PlannedForm): ColumnId[] {
  switch (form.kind) {
    case "market":
      return [];
    case "limit":
    case "stop":
      return [form.price];
    case "stop_limit":
      return [form.price, form.limit];
  }
}

/** The columns that decide whether, how much and at what price a rule trades. */
export function columnsOf(rule: PlannedRule): ColumnId[] {
  if (rule.kind === "cancel") return [rule.when];
  if (rule.kind === "exit") return [rule.when, ...formColumns(rule.form)];
  const { when, form, size, stop, targets, trail } = rule;
  const prices = [stop?.price, stop?.limit, ...targets.map((each) => each.price), trail?.distance];
  return [when, ...formColumns(form), size.value, size.cap, ...prices].filter(
    (each) => each !== null && each !== undefined,
  );
}

import type { EvaluatedColumn } from "../evaluate.js";
import type { Markup } from "../report/html.js";
import { has } from "../has.js";

/** A piece of what is shown of a value: a text of HTML, or a picture. */
export type Part =
  { readonly kind: "html"; readonly markup: Markup } | { readonly kind: "svg"; readonly svg: string };

export const htmlPart = (markup: Markup): Part => ({ kind: "html", markup });
export const svgPart = (svg: string): Part => ({ kind: "svg", svg });

/** Which part of a run is shown. */
export interface DisplayOptions {
  /**
   * The first and the last bar that is drawn: a day or an instant in ISO-8601 UTC, both included. Without `from`, the last 180 up to `to`.
   */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Of bars: columns that are drawn over them or below, as `evaluate` gives them. */
  readonly columns?: readonly EvaluatedColumn[] | undefined;
  /** Of a search: the two parameters of the heat map; the first two if not given. */
  readonly across?: string | undefined;
  readonly down?: string | undefined;
  /** Of a search: the metric that the heat map shows; the objective if not given. */
  readonly measure?: string | undefined;
  /** Most rows of a table; 10 if not given. */
  readonly rows?: number | undefined;
}

/** How one kind of value is shown. */
export interface View<Value> {
  /** What it is, for people. */
  readonly name: string;
  readonly recognise: (value: unknown) => value is Value;
  readonly parts: (value: Value, options: DisplayOptions) => readonly Part[];
}

export const defineView = <Value>(view: View<Value>): View<Value> => view;

/** Whether a value is plain data of a schema. */
export const isOfSchema = (value: unknown, schema: string): boolean =>
  has(value, "schema") && value.schema === schema;

/** How many rows of a table are shown. */
export const rowsShown = ({ rows = 10 }: DisplayOptions): number => Math.max(1, Math.floor(rows));

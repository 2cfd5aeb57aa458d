/** The place of a column among those of a plan. */
export type ColumnId = number;

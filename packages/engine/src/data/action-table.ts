/** The columns of files of corporate actions, in all of their forms. */
export const actionColumns = {
  date: ["date", "ex_date", "exdate", "valid_until"],
  action: ["action", "type"],
  value: ["value"],
  symbol: ["symbol"],
  price_factor: ["price_factor"],
  split_factor: ["split_factor"],
  reference_price: ["reference_price"],
  mapped_ticker: ["mapped_ticker"],
} as const;

export type ActionColumn = keyof typeof actionColumns;

/**
 * How a position gets into the account. By `value`, all it is worth is paid and converted at each fill: what it gains
 * has in it what the currency did. By `profit`, nothing but what it gained or lost is converted, when it is closed.
 */
export const settlements = ["value", "profit"] as const;
export type Settlement = (typeof settlements)[number];

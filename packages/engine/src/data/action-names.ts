import { plainName } from "./names.js";

/** Names of columns of corporate actions beside prices as vendors have them, after `plainName`. */
export const dividendNames = ["dividend", "dividends", "ex_dividend", "cash_dividend", "div_cash", "divcash"];
export const splitNames = ["split", "splits", "split_ratio", "stock_splits", "stock_split", "splitfactor"];

export const isActionColumn = (name: string): boolean =>
  [...dividendNames, ...splitNames].includes(plainName(name));

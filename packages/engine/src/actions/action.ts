import { BitFeverError } from "@bitfever/lang";

/** What a company did, on the first date on which its shares trade with it done: `2014-06-09`. */
interface OnDate {
  readonly date: string;
}

/** Of so many old shares so many new ones: 7 for 1, or 1 for 10. */
export interface Split extends OnDate {
  readonly kind: "split";
  readonly newShares: number;
  readonly oldShares: number;
}

/** Cash for each share, as it was paid; who held it over the night before the date gets it. */
export interface Dividend extends OnDate {
  readonly kind: "dividend";
  readonly amount: number;
}

/** The ticker from a date on. */
export interface SymbolChange extends OnDate {
  readonly kind: "symbol";
  readonly symbol: string;
}

/** A corporate action; of one date a split comes before a dividend, which is for each share as it trades on that date. */
export type CorporateAction = Split | Dividend | SymbolChange;

/**
 * Actions in order of time, of one date the split first.
 *
 * @throws BitFeverError BF5102 for an action that cannot be
 */
export function inOrder(symbol: string, actions: readonly CorporateAction[]): readonly CorporateAction[] {
  const sorted = [...actions].sort((a, b) =>
    a.date === b.date ? orderOf(a) - orderOf(b) : a.date < b.date ? -1 : 1,
  );
  sorted.forEach((action, i) => {
    const wrong = faultOf(action, sorted[i - 1]);
    if (wrong !== undefined)
      throw new BitFeverError("BF5102", `${symbol}, ${action.date}: ${wrong.problem}`, wrong);
  });
  return sorted;
}

const orderOf = ({ kind }: CorporateAction): number => (kind === "split" ? 0 : kind === "dividend" ? 1 : 2);

/** What is wrong with an action behind the one before it, and what to do; undefined where nothing is. */
export function faultOf(
  action: CorporateAction,
  before?: CorporateAction,
): { readonly problem: string; readonly hint: string } | undefined {
  if (!isDate(action.date))
    return { problem: `"${action.date}" is no date`, hint: "write dates as 2014-06-09" };
  if (before?.kind === action.kind && before.date === action.date)
    return {
      problem: `there are two ${{ split: "splits", dividend: "dividends", symbol: "symbols" }[action.kind]} of ${action.date}`,
      hint: "a date has one of each: add dividends together, multiply splits",
    };
  switch (action.kind) {
    case "split": {
      const { newShares, oldShares } = action;
      if (newShares > 0 && oldShares > 0 && Number.isFinite(newShares / oldShares)) return undefined;
      return { problem: `a split of ${newShares} for ${oldShares} cannot be`, hint: splitHint };
    }
    case "dividend":
      if (action.amount > 0 && Number.isFinite(action.amount)) return undefined;
      return {
        problem: `a dividend of ${action.amount} is none`,
        hint: "a dividend is money above 0 for each share",
      };
    case "symbol":
      if (action.symbol.trim() !== "") return undefined;
      return { problem: "the symbol is empty", hint: "write the ticker from that date on" };
  }
}

export const splitHint = "a split is the new shares for an old one: 7, or 7:1; 1:10 makes one of ten";

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

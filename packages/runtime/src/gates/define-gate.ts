import type { AccountState, Breach, Gate, Question } from "./gate.js";
import { readLimit, writtenLimit, type NumberUnit } from "./limit-unit.js";

type Facts = Omit<Gate, "read" | "unit"> & {
  readonly unit: NumberUnit;
  /** What `most` is compared with, in words. */
  readonly measured: string;
};

/**
 * A gate that measures the account as it would be with an entry; all of the limit may be used.
 *
 * @example
 * const larger = defineEntryGate({
 *   name: "most_units",
 *   code: "too_many_units",
 *   summary: "Units of one order.",
 *   measured: "units of the order",
 *   unit: "units",
 *   per: ["symbol"],
 *   lasts: "resume",
 *   example: { most: 100, symbol: "BTCUSDT" },
 *   measure: ({ proposal }) => proposal.quantity,
 * });
 * console.log(larger.name);
 */
export function defineEntryGate({
  measure,
  measured,
  ...facts
}: Facts & { readonly measure: (question: Question) => number }): Gate {
  const { unit } = facts;
  return {
    ...facts,
    read: ({ most: given }, place) => {
      const most = readLimit(given, unit, place);
      const check = (question: Question): Breach | null => {
        const asked = measure(question);
        return isWithin(asked, most) ? null : breach(measured, asked, "at most", most, unit);
      };
      return { of: "entry", check };
    },
  };
}

/**
 * A gate that measures the account as it is; who has come to the limit has used it up.
 *
 * @example
 * const half = defineAccountGate({
 *   name: "half_gone",
 *   code: "half_is_gone",
 *   summary: "Share of the highest equity that has been lost.",
 *   measured: "loss",
 *   unit: "lost share",
 *   lasts: "resume",
 *   example: { most: "50%", action: "flatten" },
 *   measure: ({ equity, highestEquity }) => (highestEquity - equity) / highestEquity,
 * });
 * console.log(half.name);
 */
export function defineAccountGate({
  measure,
  measured,
  ...facts
}: Omit<Facts, "per"> & { readonly measure: (account: AccountState) => number }): Gate {
  const { unit } = facts;
  return {
    ...facts,
    per: [],
    read: ({ most: given }, place) => {
      const most = readLimit(given, unit, place);
      const check = (account: AccountState): Breach | null => {
        const asked = measure(account);
        return asked <= 0 || isBelow(asked, most) ? null : breach(measured, asked, "stops at", most, unit);
      };
      return { of: "account", check };
    },
  };
}

const breach = (
  measured: string,
  asked: number,
  relation: string,
  allowed: number,
  unit: NumberUnit,
): Breach => ({
  asked,
  allowed,
  text: `${measured}: ${writtenLimit(asked, unit)}, ${relation} ${writtenLimit(allowed, unit)}`,
});

/** Decimals are sums of lots in doubles: 0.1 and 0.2 are within 0.3. What is unknown is not within anything. */
const isWithin = (value: number, most: number): boolean => value <= most * (1 + slack);

/** And who has lost 10% but for a rounding has lost 10%. */
const isBelow = (value: number, most: number): boolean => value < most * (1 - slack);

/** Far more than arithmetic leaves, and far less than a lot or a cent. */
const slack = 1e-12;

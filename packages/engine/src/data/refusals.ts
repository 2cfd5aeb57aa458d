import { BitFeverError } from "@bitfever/lang";

/** What can be wrong with a file as a whole. */
export const refusals = {
  unknownFormat: "BF4001",
  noRows: "BF4002",
  damaged: "BF4003",
  unsupported: "BF4004",
  missingColumn: "BF4005",
  repeatedColumn: "BF4006",
  wrongType: "BF4007",
  ambiguousDates: "BF4008",
  mixedDates: "BF4009",
  smallTimes: "BF4010",
  noInterval: "BF4011",
  nothingLeft: "BF4012",
} as const;

export type Refusal = keyof typeof refusals;

/** How the command line spells what hints speak of. */
export const flag = {
  mode: "--data-mode",
  zone: "--data-zone",
  stamp: "--data-stamp",
  dates: "--data-dates",
} as const;

export function refuse(kind: Refusal, message: string, hint: string, cause?: unknown): BitFeverError {
  return new BitFeverError(refusals[kind], message, { hint, cause });
}

import { intervalName } from "@bitfever/lang";
import type { SearchBasis } from "../optimize/study-result.js";

/** The bars of a search in a line: `SYNTHETIC-1d, 2520 bars of 1d, 2015-01-02 to 2024-08-29`. */
export const dataText = ({ symbols, bars, intervalMs, from, to }: SearchBasis["data"]): string =>
  `${symbols.join(", ")}, ${bars} bars of ${intervalName(intervalMs)}, ${from.slice(0, 10)} to ${to.slice(0, 10)}`;

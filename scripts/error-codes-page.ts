import { errorCodes } from "./error-codes.js";
import { paragraphs, table } from "./markdown.js";

/** The page of all codes but those of programs, which have pages of their own in docs/errors. */
export function errorCodesPage(): string {
  const sections = Object.entries(errorCodes).flatMap(([title, codes]) => [
    `## ${title}`,
    table(
      ["code", "means", "what helps"],
      Object.entries(codes).map(([code, [meaning, remedy]]) => [code, meaning, remedy]),
    ),
  ]);
  return paragraphs(
    "# Errors of data, settings and use",
    "A `BitFeverError` has a `code`, a `message` with file, place and value, and mostly a `hint`. Commands print all three, and " +
      "[end with a code](../ci.md#exit-codes): 4 for `BF4…`, data, and 2 for `BF5…`, all else that was given. Codes of programs, `BF1…` to `BF3…`, have " +
      "[a page each](../errors/README.md). A code never changes its meaning.",
    ...sections,
  );
}

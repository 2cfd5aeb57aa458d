import type { Name } from "./ast.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";

/** What a program may say it was written for, oldest first. One that says nothing is of the first, whatever comes after it. */
export const editions: readonly string[] = ["2026"];

/** What is wrong with the edition that a file states; nothing where it states none. */
export function judgeEdition(stated: Name | null): readonly Diagnostic[] {
  if (stated === null || editions.includes(stated.name)) return [];
  return [diagnostic("BF1003", stated.span, { edition: stated.name, known: editions.join(", ") })];
}

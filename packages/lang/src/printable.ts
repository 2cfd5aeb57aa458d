/** Characters that a terminal would act on, or that make text read in another order than it is stored in. */
const unprintable = /[^\P{Cc}\t]|[\u2028-\u202e\u2066-\u2069\ufeff]/gu;

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Text that is safe to show in a message: no control characters, and not longer than `longest`. */
export function printable(text: string, longest: number): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return cut.replace(unprintable, codePoint);
}

/** The same as long as it was, for lines with marks under them. */
export const printableLine = (text: string): string => text.replace(unprintable, "\ufffd");

/** Text as Markdown that shows it as it stands: no markup, no HTML, no mention of a person, and one line. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>|~#&!]/g, (sign) => `\\${sign}`)
    .replaceAll("@", "&#64;");

/** A table; its cells are Markdown already. Columns behind the first are numbers, and stand to the right. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = header.map((_, i) => (i === 0 ? ":--" : "--:"));
  return [line(header), line(rule), ...rows.map(line)].join("\n");
}

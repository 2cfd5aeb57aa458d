/** Blocks of Markdown with an empty line between them. */
export const paragraphs = (...parts: readonly string[]): string => `${parts.join("\n\n")}\n`;

const row = (cells: readonly string[]): string =>
  `| ${cells.map((each) => each.replaceAll("|", "\\|")).join(" | ")} |`;

export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(header), row(header.map(() => "---")), ...rows.map(row)].join("\n");

export const fence = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

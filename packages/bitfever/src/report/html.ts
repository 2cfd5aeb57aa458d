/** Text that is HTML already. Everything else is escaped on its way into a page. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | readonly Markup[];

/** Says that a text is HTML; only for text of our own. */
export const trusted = (markup: string): Markup => ({ markup });

export const nothing: Markup = trusted("");

/**
 * HTML with holes: what is put in is escaped unless it is Markup, so that forgetting is safe. The escape holds in
 * elements and in quoted attributes, not in scripts: those get `embedJson`.
 */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = fixed[0];
  parts.forEach((part, i) => (markup += markupOf(part) + fixed[i + 1]));
  return trusted(markup);
}

function markupOf(part: Part): string {
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character]);

/**
 * JSON for the inside of a `<script>`: no `<` that could end it, and no line separators, which are line ends to
 * older scripts and to many editors.
 */
export const embedJson = (value: unknown): Markup =>
  trusted(
    JSON.stringify(value).replace(
      /[<>&\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );

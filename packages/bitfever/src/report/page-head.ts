import { html, trusted, type Markup } from "./html.js";
import { pageStyle } from "./page.generated.js";

// The browser is told to load nothing, so that a hole in this file could not leak what a report holds.
const contentPolicy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The head of a page that opens offline, light or dark.
 *
 * @param generator  what made the page, with its version
 * @param ownStyle   of this kind of page alone
 */
export const pageHead = (title: string, generator: string, ownStyle = ""): Markup =>
  html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta http-equiv="Content-Security-Policy" content="${trusted(contentPolicy)}" />
    <meta name="generator" content="${generator}" />
    <link rel="icon" href="data:," />
    <title>${title}</title>
    <style>
      ${trusted(pageStyle + ownStyle)}
    </style>
  </head>`;

/** The button that switches the colours, for a page whose script starts it. */
export const themeButton: Markup = html`<button
  type="button"
  id="theme"
  class="icon"
  aria-label="Switch between light and dark"
  aria-pressed="false"
>
  <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
    <circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="1.8" />
    <path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor" />
  </svg>
</button>`;

export type SectionLink = readonly [id: string, label: string];

/** The link to a section that not every page has. */
export const linkIf = (isThere: boolean, id: string, label: string): readonly SectionLink[] =>
  isThere ? [[id, label]] : [];

/** The way to the sections of a page, by their ids. */
export const sectionLinks = (links: readonly SectionLink[]): Markup =>
  html`<nav aria-label="Sections">${links.map(([id, label]) => html`<a href="#${id}">${label}</a>`)}</nav>`;

/** A script may not contain its own end tag; inside the strings and expressions of one, `<\/script` is the same text. */
export const pageScriptElement = (text: string): Markup =>
  trusted(`<script>${text.replaceAll(/<\/(script)/gi, "<\\/$1")}</script>`);

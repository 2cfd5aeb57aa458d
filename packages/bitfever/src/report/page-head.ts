import { html, trusted, type Markup } from "./html.js";
import { pageStyle } from "./page.generated.js";

// The browser is told to load nothing, so that a hole in this file could not leak what a report holds.
const contentPolicy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The head of a page that opens offline, light or dark.
 *
 * @param generator  what made the page, with its version
 */
export const pageHead = (title: string, generator: string): Markup =>
  html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta http-equiv="Content-Security-Policy" content="${trusted(contentPolicy)}" />
    <meta name="generator" content="${generator}" />
    <link rel="icon" href="data:," />
    <title>${title}</title>
    <style>
      ${trusted(pageStyle)}
    </style>
  </head>`;

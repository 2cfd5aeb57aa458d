import { html, type Markup } from "../report/html.js";

/** A figure, and what it tells. */
export interface FigureRow {
  readonly title: string;
  readonly value: string;
  /** Whether it speaks against what was found. */
  readonly isDoubt: boolean;
  readonly meaning: string;
}

/** @param labelledBy  the id of the heading above it */
export const figuresTable = (labelledBy: string, rows: readonly FigureRow[]): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${labelledBy}">
    <table class="figures">
      <thead class="hidden">
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">Value</th>
          <th scope="col">What it tells</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ title, value, isDoubt, meaning }) =>
            html`<tr>
              <th scope="row">${title}</th>
              <td class="number ${isDoubt ? "caution" : ""}">${value}</td>
              <td>${meaning}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

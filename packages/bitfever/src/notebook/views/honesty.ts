import { honestyFigures, valueOfFigure } from "../../optimize/honesty-figures.js";
import type { Honesty } from "../../optimize/honesty.js";
import { html, nothing, type Markup } from "../../report/html.js";
import { figureText } from "../../search-report/figure-text.js";
import { verdictNotices } from "../../search-report/verdict.js";

/** Whether a search found anything, and the numbers that say so. */
export function honestyOf(honesty: Honesty | null): Markup {
  if (honesty === null)
    return html`<p>No trial keeps all constraints and has a value: nothing was chosen.</p>`;
  const rows = honestyFigures.flatMap((figure) => {
    const value = valueOfFigure(figure, honesty);
    return value === null ? [] : [{ ...figure, value }];
  });
  return html`${verdictNotices(honesty.verdict, [])}
  ${
    rows.length === 0
      ? nothing
      : html`<div class="scroll">
          <table>
            <caption>
              How much of the best is luck
            </caption>
            <tbody>
              ${rows.map(
                ({ title, meaning, unit, isDoubt, value }) =>
                  html`<tr class="bf-row">
                    <th scope="row">${title}</th>
                    <td class="number ${isDoubt?.(value, honesty) === true ? "caution" : ""}">
                      ${figureText(unit, value, honesty)}
                    </td>
                    <td class="wide">${meaning}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`
  }`;
}

import { formatNumber } from "./format.js";
import { html, type Markup } from "./html.js";
import { roundWidth } from "./round-width.js";

/** A value that stands out among others. Its `kind` is a class of the style sheet, which gives it its colour. */
export interface Mark {
  readonly name: string;
  readonly kind: string;
  /** Null where it is not known, and not marked. */
  readonly at: number | null;
}

export interface MarkedHistogram {
  /** At least one, all finite. */
  readonly values: readonly number[];
  readonly marks: readonly Mark[];
  /** What the values are: `Total return of 39 random switchings`. */
  readonly title: string;
  readonly caption: string;
  readonly text: (value: number) => string;
}

const mostBins = 40;

/** Values in bins of one round width, and where some stand among them. */
export function markedHistogram({ values, marks, title, caption, text }: MarkedHistogram): Markup {
  const known = marks.flatMap(({ at, ...rest }) => (at === null ? [] : [{ ...rest, at }]));
  const all = [...values, ...known.map(({ at }) => at)];
  const [low, high] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
  const width = high > low ? roundWidth((high - low) / mostBins) : Math.abs(low || 1) / 10;
  const first = Math.floor(low / width);
  const counts = new Array<number>(Math.floor(high / width) - first + 1).fill(0);
  for (const each of values) counts[Math.floor(each / width) - first] += 1;
  const most = counts.reduce((a, b) => Math.max(a, b));
  const [total, tall] = [counts.length * 10, 100];
  const place = (at: number): number => (at / width - first) * 10;
  const labels = counts.flatMap((_, i) => ((first + i) % Math.ceil(counts.length / 6) === 0 ? [i] : []));
  const left = (x: number): string => ((100 * x) / total).toFixed(2);
  const said = known.map(({ name, at }) => `${name} ${text(at)}`).join(", ");
  return html`<figure class="histogram chance">
    <div class="plot">
      <div class="counts" aria-hidden="true"><span>${formatNumber(most, 0)}</span><span>0</span></div>
      <svg
        viewBox="0 0 ${total} ${tall}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${title}, as a histogram. ${said}."
      >
        ${counts.map((count, i) => {
          const height = (tall * count) / most;
          return html`<rect
            x="${i * 10 + 0.6}"
            y="${(tall - height).toFixed(2)}"
            width="8.8"
            height="${height.toFixed(2)}"
            ><title>
              ${text((first + i) * width)} to ${text((first + i + 1) * width)}: ${formatNumber(count, 0)}
            </title></rect
          >`;
        })}
        ${known.map(({ kind, at }) => {
          const x = place(at).toFixed(2);
          return html`<line class="${kind}" x1="${x}" x2="${x}" y1="0" y2="${tall}" />`;
        })}
      </svg>
      <div class="axis" aria-hidden="true">
        ${labels.map((i) => html`<span style="left:${left(i * 10)}%">${text((first + i) * width).replace(/\.0+%$/, "%")}</span>`)}
      </div>
    </div>
    <figcaption>
      ${known.map(({ name, kind, at }) => html`<span class="run ${kind}">${name} ${text(at)}</span>`)}
      <span>${caption}</span>
    </figcaption>
  </figure>`;
}

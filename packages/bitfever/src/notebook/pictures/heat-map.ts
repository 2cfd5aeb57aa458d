import type { StudyResult } from "../../optimize/study-result.js";
import { formatNumber } from "../../report/format.js";
import { html, nothing, type Markup } from "../../report/html.js";
import { pixels } from "../../report/line-chart.js";
import { searchStyle } from "../../report/page.generated.js";
import { pictureSvg } from "../../report/picture.js";
import { cellsOf, partsOf, type Cell, type Parted } from "../../search-report/cells.js";
import { shades, shadesOf, type ShadeScale } from "../../search-report/shades.js";
import type { TrialColumn } from "../../search-report/trial-columns.js";
import { pictureWidth } from "./width.js";

export interface HeatMapPicture {
  readonly title: string;
  /** Two parameters. */
  readonly across: TrialColumn;
  readonly down: TrialColumn;
  readonly measure: TrialColumn;
  readonly best: StudyResult["best"];
}

const left = 76;
const mostCellWidth = 74;
const cellHeight = 30;
const gap = 2;
/** Cells narrower than this have no room for their value. */
const roomForText = 40;
const below = { ticks: 18, name: 22, legend: 30 };

/** The shades of the page of a search: from dark to bright, in both tones. */
const shadeColours = Array.from(
  { length: shades },
  (_, shade) => new RegExp(`--shade-${shade}: (#\\w{6})`).exec(searchStyle)?.[1] ?? "none",
);
const inkOn = (shade: number): string => (shade >= 5 ? "#10131a" : "#ffffff");

/**
 * The median of a measure over two parameters, whatever the others are: a broad bright patch is a plateau, a single bright cell luck. The
 * frame is round the cell of the chosen trial.
 */
export function heatMapPicture({ title, across, down, measure, best }: HeatMapPicture): string {
  const parted: readonly [Parted, Parted] = [partsOf(across), partsOf(down)];
  const [columns, rows] = parted.map(({ parts }) => parts);
  const cells = cellsOf(parted, measure, "median", () => true);
  const scale = shadesOf(cells.flat(), measure.better === "lower");
  const width = Math.min(mostCellWidth, Math.floor((pictureWidth - left) / columns.length));
  const drawn = cells.flatMap((row, i) =>
    row.map((cell, j) =>
      drawCell(cell, scale, measure, {
        x: left + j * width,
        // The highest of what goes up lies at the top, as on an axis.
        y: (rows.length - 1 - i) * cellHeight,
        width,
        isBest: best !== null && cell.trials.includes(best.number),
      }),
    ),
  );
  const height = rows.length * cellHeight;
  const every = Math.ceil((6.5 * Math.max(...columns.map(({ text }) => text.length)) + 8) / width);
  const inside = html`${drawn}
    ${rows.map(
      ({ text }, i) =>
        html`<text x="${left - 8}" y="${(rows.length - 1 - i) * cellHeight + 19}" text-anchor="end"
          >${text}</text
        >`,
    )}
    ${columns.map(({ text }, j) =>
      j % every === 0
        ? html`<text x="${pixels(left + (j + 0.5) * width)}" y="${height + 14}" text-anchor="middle"
            >${text}</text
          >`
        : nothing,
    )}
    <text
      class="title"
      style="font-size:12px"
      x="${pixels(left + (columns.length * width) / 2)}"
      y="${height + 32}"
      text-anchor="middle"
      >${across.title}</text
    >
    <text
      class="title"
      style="font-size:12px"
      transform="translate(10 ${height / 2}) rotate(-90)"
      text-anchor="middle"
      >${down.title}</text
    >
    ${legend(scale, measure, height + below.ticks + below.name)}`;
  return pictureSvg({
    title: `${measure.title} by ${across.title} and ${down.title}`,
    lines: [
      `${title}: the median of all trials with both values, whatever else they have${best === null ? "" : "; the frame is round the chosen trial"}`,
    ],
    width: pictureWidth,
    height: height + below.ticks + below.name + below.legend,
    inside,
  });
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly isBest: boolean;
}

function drawCell(
  { trials, value }: Cell,
  scale: ShadeScale,
  { text }: TrialColumn,
  { x, y, width, isBest }: Place,
): Markup {
  const shade = trials.length === 0 ? null : scale.shadeOf(value);
  const box = html`x="${x + gap / 2}" y="${y + gap / 2}" width="${width - gap}" height="${cellHeight - gap}"
  rx="4"`;
  const rect =
    shade === null
      ? html`<rect class="missing" fill="none" stroke-dasharray="2 3" ${box} />`
      : html`<rect fill="${shadeColours[shade]}" ${box} />`;
  const label =
    shade === null || width < roomForText
      ? nothing
      : html`<text
          class="value"
          style="fill:${inkOn(shade)}"
          x="${pixels(x + width / 2)}"
          y="${y + 19}"
          text-anchor="middle"
          >${text(value)}</text
        >`;
  return html`${rect}${label}${isBest ? html`<rect class="best" ${box} />` : nothing}`;
}

/** What the shades mean, from the worst to the best. */
function legend({ worst, best, isCut, isLess }: ShadeScale, measure: TrialColumn, y: number): Markup {
  if (worst === undefined || best === undefined)
    return html`<text x="${left}" y="${y + 14}">No trial has a value.</text>`;
  const least = `${isCut ? (isLess ? "≥ " : "≤ ") : ""}${measure.text(worst)}`;
  const start = left + 6.2 * least.length + 8;
  const swatches = Array.from(
    { length: shades },
    (_, i) =>
      html`<rect
        fill="${shadeColours[i]}"
        x="${pixels(start + 20 * i)}"
        y="${y + 4}"
        width="20"
        height="12"
      />`,
  );
  const end = start + 20 * shades + 8;
  const what = `${measure.title}, from the worst of ${formatNumber(measure.values.length, 0)} trials to the best`;
  return html`<text x="${left}" y="${y + 14}">${least}</text>${swatches}
    <text x="${pixels(end)}" y="${y + 14}">${measure.text(best)}</text>
    <text x="${pixels(end + 6.2 * measure.text(best).length + 16)}" y="${y + 14}">${what}</text>`;
}

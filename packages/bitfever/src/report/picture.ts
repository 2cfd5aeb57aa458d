import { html, nothing, trusted, type Markup } from "./html.js";
import { pictureStyle } from "./svg-style.js";

/** What is drawn below a headline. */
export interface Picture {
  readonly title: string;
  /** Below the title, a line each. */
  readonly lines: readonly string[];
  /** In pixels at which its words have their size: 11. */
  readonly width: number;
  /** Of what is inside. */
  readonly height: number;
  readonly inside: Markup;
}

const lineHeight = 16;

/** One SVG document, in the colours of its reader, that loads nothing. The same input gives the same text. */
export function pictureSvg({ title, lines, width, height, inside }: Picture): string {
  const head = 24 + lineHeight * lines.length;
  const whole = head + height;
  return `${
    html`<svg
      xmlns="http://www.w3.org/2000/svg"
      width="${width}"
      height="${whole}"
      viewBox="-12 -4 ${width + 16} ${whole + 8}"
      class="bf-picture"
      font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
      font-size="11"
      role="img"
      aria-label="${[title, ...lines].join(": ")}"
    >
      <style>
        ${trusted(pictureStyle)}
      </style>
      <rect class="ground" x="-12" y="-4" width="100%" height="100%" />
      <text class="title" x="4" y="15">${cut(title, Math.floor(width / 7.5))}</text>
      ${lines.length === 0 ? nothing : lines.map((line, i) => html`<text x="4" y="${31 + lineHeight * i}">${cut(line, Math.floor(width / 5.2))}</text>`)}
      <g transform="translate(0 ${head})">${inside}</g>
    </svg>`.markup
  }\n`;
}

/** As much as there is room for. */
const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

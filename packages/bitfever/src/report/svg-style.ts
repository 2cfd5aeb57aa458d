import { pageStyle } from "./page.generated.js";

/** The two tones of a colour of the page: one list of colours for both. */
function tonesOf(name: string): readonly [light: string, dark: string] {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(pageStyle) ?? [];
  if (light === undefined || dark === undefined) throw new Error(`report: no colour ${name}`);
  return [light, dark];
}

const rules = (tone: 0 | 1): string => {
  const colour = (name: string): string => tonesOf(name)[tone];
  const line = (kind: string): string =>
    `.line.${kind}{stroke:${colour(kind)}}.area.${kind}{fill:${colour(kind)}}.name.${kind}{fill:${colour(kind)}}`;
  return [
    `.ground{fill:${colour("surface")}}`,
    `text{fill:${colour("muted")}}.title{fill:${colour("ink")}}`,
    `.grid,.border{stroke:${colour("line")}}.zero{stroke:${colour("muted")}}`,
    ...["equity", "hold", "loss"].map(line),
  ].join("");
};

/** The style of a picture that stands alone, which goes with the reader's colours. */
export const pictureStyle = [
  "path{fill:none}.title{font-size:14px;font-weight:600}.line{stroke-width:1.5;stroke-linejoin:round}",
  ".area{fill-opacity:.18}.zero{stroke-dasharray:2 3}",
  rules(0),
  `@media (prefers-color-scheme:dark){${rules(1)}}`,
].join("\n");

import { pageStyle } from "./page.generated.js";

/** The two tones of a colour of the page: one list of colours for both. */
function tonesOf(name: string): readonly [light: string, dark: string] {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(pageStyle) ?? [];
  if (light === undefined || dark === undefined) throw new Error(`report: no colour ${name}`);
  return [light, dark];
}

/** What lines may be. */
const kinds = [
  ...["equity", "hold", "gain", "loss", "caution"],
  ...["series-1", "series-2", "series-3", "series-4", "series-5", "series-6"],
];

/** The rules of a tone, of pictures inside what a selector says. */
function rules(tone: 0 | 1, inside: string): string {
  const colour = (name: string): string => tonesOf(name)[tone];
  const said: readonly (readonly [selector: string, declaration: string])[] = [
    [".ground", `fill:${colour("surface")}`],
    ["text", `fill:${colour("muted")}`],
    [".title", `fill:${colour("ink")}`],
    [".grid", `stroke:${colour("line")}`],
    [".border", `stroke:${colour("line")}`],
    [".zero", `stroke:${colour("muted")}`],
    [".spell", `fill:${colour("raised")}`],
    [".up", `fill:${colour("up")};stroke:${colour("up")}`],
    [".down", `fill:${colour("down")};stroke:${colour("down")}`],
    [".mark.long", `fill:${colour("long")}`],
    [".mark.short", `fill:${colour("short")}`],
    [".mark.gain", `fill:${colour("gain")}`],
    [".mark.loss", `fill:${colour("loss")}`],
    [".mark", `stroke:${colour("surface")}`],
    [".missing", `stroke:${colour("line")}`],
    [".best", `stroke:${colour("ink")}`],
    ...kinds.flatMap((kind): (readonly [string, string])[] => [
      [`.line.${kind}`, `stroke:${colour(kind)}`],
      [`.area.${kind}`, `fill:${colour(kind)}`],
      [`.name.${kind}`, `fill:${colour(kind)}`],
    ]),
  ];
  return said.map(([selector, declaration]) => `${inside}.bf-picture ${selector}{${declaration}}`).join("");
}

/** How notebooks say which of their two tones they show, whatever the system of the reader has: JupyterLab, VS Code. */
const hosts: readonly string[] = [
  ':is([data-jp-theme-light="true"],.vscode-light) ',
  ':is([data-jp-theme-light="false"],.vscode-dark) ',
];

const shapes = [
  "path{fill:none}",
  ".title{font-size:14px;font-weight:600}",
  ".line{stroke-width:1.5;stroke-linejoin:round}",
  ".line.joined{stroke-width:1.2;stroke-dasharray:3 2}",
  ".area{fill-opacity:.18}",
  ".zero{stroke-dasharray:2 3}",
  ".mark{stroke-width:.75}",
  ".best{fill:none;stroke-width:2.5}",
  ".value{font-size:10px}",
]
  .map((rule) => `.bf-picture ${rule}`)
  .join("");

/**
 * The style of a picture that stands alone, or among others in a page: it says nothing of what is no picture, and goes with the colours of
 * a notebook, and else with those of the reader's system.
 */
export const pictureStyle = [
  shapes,
  rules(0, ""),
  `@media (prefers-color-scheme:dark){${rules(1, "")}}`,
  ...hosts.map((host, tone) => rules(tone === 0 ? 0 : 1, host)),
].join("\n");

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compileText } from "../../src/compilation.js";
import {
  pageScript,
  pageStyle,
  searchStyle,
  studyScript,
  walkScript,
} from "../../src/report/page.generated.js";

test("the page's script and style are what page/ builds", () => {
  const build = fileURLToPath(new URL("../../src/report/page/build.mjs", import.meta.url));
  expect(() => execFileSync(process.execPath, [build, "--check"], { stdio: "pipe" })).not.toThrow();
}, 30_000);

test("none could end the element it stands in", () => {
  for (const each of [pageScript, studyScript, walkScript]) expect(each).not.toMatch(/<\/script|<!--/i);
  for (const each of [pageStyle, searchStyle]) expect(each).not.toMatch(/<\/style/i);
});

/** Contrast of two colours as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const light = (colour: string): number => {
    const [red, green, blue] = [1, 3, 5]
      .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

const colours = new Map(
  [...pageStyle.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name,
    { light, dark },
  ]),
);
const words = ["ink", "muted", "accent", "gain", "loss", "caution", "long", "short", "equity", "hold"];
const lines = [1, 2, 3, 4, 5, 6].map((i) => `series-${i}`);
const plots = [...pageStyle.matchAll(/--(plot-\w+):/g)].map(([, name]) => name);

test("every colour that a program may name has its tones", () => {
  const text = `strategy "Colours" { plot close color nameless }`;
  const { diagnostics } = compileText({ name: "colours.bf", text });
  const unknown = diagnostics.find(({ code }) => code === "BF3013");
  const names = /^there are (.*)$/.exec(unknown?.hint ?? "")?.[1].split(", ");
  expect(names).toContain("teal");
  expect(plots).toEqual(names?.map((name) => `plot-${name}`));
});

test.each([...words, ...lines, ...plots])("%s can be read on every ground, light and dark", (name) => {
  for (const theme of ["light", "dark"] as const) {
    for (const ground of ["page", "surface", "raised"]) {
      const ratio = contrast(colours.get(name)![theme], colours.get(ground)![theme]);
      expect(ratio, `on ${ground}, ${theme}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test("shades are brighter the better, and what is written on each can be read", () => {
  const shades = [...searchStyle.matchAll(/--shade-(\d): (#\w{6})/g)].map(([, , colour]) => colour);
  const [, onDark] = /--on-dark: (#\w{6})/.exec(searchStyle)!;
  const [, onBright] = /--on-bright: (#\w{6})/.exec(searchStyle)!;
  expect(shades).toHaveLength(10);
  shades.forEach((shade, i) => {
    expect(contrast(shade, i < 5 ? onDark : onBright), shade).toBeGreaterThanOrEqual(4.5);
    if (i > 0) expect(contrast(shade, "#000000")).toBeGreaterThan(contrast(shades[i - 1], "#000000"));
  });
});

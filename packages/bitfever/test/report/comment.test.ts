import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../src/report/markdown.js";
import { escapeMarkdown } from "../../src/report/markdown-text.js";
import { renderSvg } from "../../src/report/svg.js";
import { fixture } from "./fixture.js";

const hostile = "</style><script>x</script> | `a` **b** @someone ![i](u)\n# title";

describe("a comment", () => {
  const input = fixture();
  const { result } = input;
  const markdown = renderMarkdown(input);

  test("has the headline, the years and the hashes", () => {
    expect(markdown).toMatch(
      /^### Two means · GOOG\n\n2,148 bars of 1d · 2004-08-19 to 2012-11-\d\d · slow 50, /,
    );
    expect(markdown).toContain(`| Trades | **${result.metrics["trades"]}** |`);
    expect(markdown).toMatch(/\| Sharpe \| \*\*0\.74\*\* \| Sortino 1\.08 \|/);
    expect(markdown.match(/^\| 20(0[4-9]|1[0-2]) \|/gm)).toHaveLength(9);
    expect(markdown).toMatch(/Program `2c26b46b68ff`, data `fcde2b2edba5`, settings `baa5a0964d33`\n$/);
    expect(markdown).not.toContain("Warning");
  });

  test("warns as the page does, and says which limits acted", () => {
    const counts = { ...result.counts, ambiguousFills: 3 };
    const limits = [
      { measure: "drawdown", most: 0.2, action: "halt", fired: 1 },
      { measure: "exposure", most: 1, action: "block", fired: 0 },
    ] as const;
    const said = renderMarkdown({ ...input, result: { ...result, counts, limits, trials: 40 } });
    expect(said).toContain("> **Warning:** 3 fills depend on the order of prices inside a bar");
    expect(said).toContain("> **Note:** 40 parameter sets were tried");
    expect(said).toContain("Limit `drawdown` acted 1 × (halt).");
    expect(said).not.toContain("exposure` acted");
  });

  test("shows a hostile name as it stands", () => {
    const said = renderMarkdown(fixture({ name: hostile, symbol: hostile }));
    expect(said.split("\n")[0]).toContain(escapeMarkdown(hostile));
    expect(said).not.toMatch(/(?<!\\)[<|`]\/?(style|script| `a)/);
    expect(said).not.toContain("@someone");
    expect(escapeMarkdown("a|b_c\n@d")).toBe("a\\|b\\_c &#64;d");
  });
});

describe("a picture", () => {
  const input = fixture();
  const svg = renderSvg(input);

  test("is one document of SVG that loads nothing, in both colours", () => {
    expect(svg).toMatch(/^<svg\s+xmlns="http:\/\/www\.w3\.org\/2000\/svg"\s+width="600"/);
    expect(svg).toContain("@media (prefers-color-scheme:dark)");
    expect(svg).not.toMatch(/<script|href|url\(|var\(/);
    const open = svg.match(/<(svg|g|text|style)\b/g)!.length;
    expect(svg.match(/<\/(svg|g|text|style)\s*>/g)).toHaveLength(open);
    for (const kind of ["equity", "hold", "loss"]) expect(svg).toContain(`class="line ${kind}"`);
    expect(svg.length).toBeLessThan(120_000);
    expect(renderSvg(input)).toBe(svg);
  });

  test("says its numbers to those who do not see it", () => {
    const [, label] = /aria-label="([^"]*)"/.exec(svg)!;
    expect(label).toMatch(/^Two means · GOOG: return [+−][\d.]+%.*Sharpe 0\.74.*trades \d+$/);
  });

  test("of a hostile name is a picture", () => {
    const drawn = renderSvg(fixture({ name: hostile, symbol: hostile }));
    expect(drawn.match(/<script/g)).toBeNull();
    expect(drawn.match(/<\/style\s*>/g)).toHaveLength(1);
  });

  test("of many bars stays small", () => {
    expect(renderSvg(fixture({ bars: 50_000, intervalMs: 60_000, volatility: 0.001 })).length).toBeLessThan(
      150_000,
    );
  });

  test("of one bar is a picture too", () =>
    expect(renderSvg(fixture({ bars: 1, trades: false }))).toContain("</svg>"));
});

import { describe, expect, test } from "vitest";
import { studyHtml, type StudyResult, type StudyTrial } from "../../src/index.js";
import { honestyFigures } from "../../src/optimize/honesty-figures.js";
import { renderStudy } from "../../src/search-report/study-page.js";
import { formatPercent } from "../../src/report/format.js";
import { unpackColumn } from "../../src/report/column.js";
import type { StudyPageData } from "../../src/report/page-data.js";
import { calm, elementsOf, hostile, markupOf } from "./markup.js";
import { searched } from "./search-fixture.js";

/* The page of a search: what stands in it before its script has run, and what it hands to it. */

const textOf = (page: string): string => calm(markupOf(page).replace(/<[^>]+>/g, " "));
const dataOf = (page: string): StudyPageData =>
  JSON.parse(/<script type="application\/json"[^>]*>([\s\S]*?)<\/script>/.exec(page)![1]) as StudyPageData;
const idsOf = (page: string): readonly string[] =>
  [...markupOf(page).matchAll(/<section[^>]* id="([\w-]+)"/g)].map(([, id]) => id);

describe("the page of a search", () => {
  const result = searched(400);
  const page = studyHtml(result, { programText: `strategy "Hill" {}`, command: "bf backtest hill.bf" });

  test("is the same text for the same input, whole, and asks for nothing", () => {
    expect(studyHtml(result, { programText: `strategy "Hill" {}`, command: "bf backtest hill.bf" })).toBe(
      page,
    );
    const elements = elementsOf(page);
    expect(elements.filter((each) => each === "h1")).toHaveLength(1);
    expect(markupOf(page)).not.toMatch(/(src|href)="(?!#|data:,)/);
    for (const [, id] of markupOf(page).matchAll(/href="#([\w-]+)"/g)) expect(page).toContain(`id="${id}"`);
  });

  test("says the verdict first, and each number of honesty with what it tells", () => {
    const text = textOf(page);
    expect(text.indexOf("LUCK")).toBeLessThan(text.indexOf("Max drawdown"));
    expect(text).toContain("Chance alone makes the best of 400 trials as good in 20% of draws.");
    for (const { title, name, meaning } of honestyFigures) {
      expect(text).toContain(title);
      expect(text).toContain(name === "plateau" ? "Not known: the best value is not above 0." : meaning);
    }
    expect(text).toContain("61.00%");
    expect(text).toContain("2,400 of 1,000 sessions");
    expect(text).toMatch(/Best by luck 1\.\d\d/);
    expect(text).toContain("4 trials failed; the list of trials says why.");
  });

  test("warns of a best at the end of its range, and of nothing else", () => {
    const chosen = (params: Partial<StudyTrial["params"]>): string => {
      const [first] = result.trials;
      const inside = { ...first.params, fast: 20, stop: 0.01, wait: "1h", hold: "1d" };
      return textOf(
        studyHtml({
          ...result,
          best: { ...first, params: { ...inside, ...params } },
        }),
      );
    };
    expect(chosen({ fast: 50 })).toContain("“fast” of the chosen trial is 50, the highest that was allowed");
    expect(chosen({ wait: "30m" })).toContain(
      "“wait” of the chosen trial is 30m, the lowest that was allowed",
    );
    expect(chosen({})).not.toContain("what lies beyond was not tried");
  });

  test("warns of a best of few trades", () => {
    const best = { ...result.trials[1], trades: 1 };
    expect(textOf(studyHtml({ ...result, best }))).toContain(
      "The chosen trial made 1 trade, too few to say much",
    );
    expect(textOf(page)).not.toContain("too few to say much");
  });

  test("says what each parameter might be, in its own words", () => {
    const text = textOf(page.slice(page.indexOf(`id="basis"`)));
    expect(text).toContain("fast 5 to 50, step 1");
    expect(text).toContain("stop 0.001 to 0.1, by ratios");
    expect(text).toContain("kind ema, sma, wma");
    expect(text).toContain("hold 1h, 2h, 1d");
    expect(text).toContain("wait 30m to 4h, step 30m");
  });

  test("hands its script every value as it was", () => {
    const { parameters, measures, allowed, errors, error, best, fixed } = dataOf(page);
    expect(parameters.map(({ name }) => name)).toEqual(["fast", "stop", "kind", "hold", "wait"]);
    const [fast, stop, kind, hold, wait] = parameters.map(({ values, places, names }) =>
      Array.from(unpackColumn(places), (place) => names?.[place] ?? values[place]),
    );
    result.trials.forEach(({ params }, i) => {
      expect([fast[i], stop[i], kind[i]]).toEqual([params["fast"], params["stop"], params["kind"]]);
      expect([hold[i], wait[i]]).toEqual([params["hold"], 1_800_000 * (1 + (i % 8))]);
    });
    expect(parameters.map(({ isDuration, isLogarithmic }) => [isDuration, isLogarithmic])).toEqual([
      [false, false],
      [false, true],
      [false, false],
      [false, false],
      [true, false],
    ]);
    expect(parameters[3].names).toEqual(["1h", "2h", "1d"]);
    expect(measures.slice(0, 3).map(({ name, better }) => [name, better])).toEqual([
      ["sharpe", "higher"],
      ["net_profit", "higher"],
      ["total_return", "higher"],
    ]);
    const sharpe = unpackColumn(measures[0].values);
    const [isAllowed, places] = [unpackColumn(allowed), unpackColumn(error)];
    result.trials.forEach((trial, i) => {
      const [value] = trial.objectives;
      if (value === null) expect(sharpe[i]).toBeNaN();
      else expect(sharpe[i]).toBeCloseTo(value, 5);
      expect([isAllowed[i] === 1, errors[places[i]]]).toEqual([
        trial.allowed,
        trial.error === null ? "" : "BF5002: it failed",
      ]);
    });
    expect([best, fixed]).toEqual([result.best?.number, [["size", "10"]]]);
  });

  test("takes no name for markup", () => {
    const bad: StudyResult = {
      ...searched(20),
      program: { name: hostile, hash: hostile },
      objectives: [{ text: hostile, better: "lower" }],
      constraints: [hostile],
      parameters: result.parameters.map((each, i) => (i === 0 ? { ...each, name: hostile } : each)),
      fixed: { [hostile]: hostile },
      trials: searched(20).trials.map((each) => ({
        ...each,
        params: { ...each.params, [hostile]: 7, kind: hostile },
        error: { code: "BF1", message: hostile },
      })),
    };
    const wrong = renderStudy(bad, { programText: hostile, command: hostile }, hostile);
    expect(elementsOf(wrong).filter((each) => each === "img")).toEqual([]);
    expect(elementsOf(wrong).filter((each) => each === "script")).toHaveLength(2);
    expect(dataOf(wrong).parameters[0].name).toBe(hostile);
  });

  test("of 10,000 trials is small", () => {
    const large = studyHtml(searched(10_000));
    const { length: data } = JSON.stringify(dataOf(large));
    expect(large.length - data).toBeLessThan(250_000);
    // Less than a hundred bytes a trial, of which each has a free number with all its digits.
    expect(data).toBeLessThan(1_000_000);
  });
});

test("a search for something else than the Sharpe ratio shows how that is spread, too", () => {
  const trials = searched(50).trials.map((each) => ({
    ...each,
    objectives: [each.metrics["max_drawdown"] ?? null],
  }));
  const best = trials[1];
  const text = textOf(
    studyHtml(searched(50, { objectives: [{ text: "max_drawdown", better: "lower" }], trials, best })),
  );
  expect(text).toMatch(/Chosen \d\.\d\d Best by luck/);
  const { max_drawdown: depth } = best.metrics;
  expect(text).toContain(`Chosen ${formatPercent(depth ?? NaN)} max_drawdown of 49 trials`);
});

describe("a search that is odd", () => {
  test("of no trial has a page that says so", () => {
    const page = studyHtml(searched(0));
    elementsOf(page);
    expect(textOf(page)).toContain("There is no trial.");
    expect(idsOf(page)).toEqual(["basis"]);
  });

  test("of failed trials alone says that nothing was chosen", () => {
    const failed = searched(200).trials.filter(({ error }) => error !== null);
    const trials = failed.map((each, number): StudyTrial => ({ ...each, number }));
    const page = studyHtml(searched(0, { trials, counts: { trials: 2, failed: 2, disallowed: 0 } }));
    elementsOf(page);
    expect(textOf(page)).toContain("No trial keeps all constraints and has a value.");
    expect(idsOf(page)).not.toContain("luck");
    expect(idsOf(page)).toContain("trials");
  });

  test.each([
    ["one parameter", 1, false, true],
    ["no parameter", 0, false, false],
    ["two parameters", 2, true, true],
  ] as const)("of %s has the pictures that make sense", (_, count, hasHeatMap, hasSlices) => {
    const page = studyHtml(searched(40, { parameters: searched(0).parameters.slice(0, count) }));
    elementsOf(page);
    const ids = idsOf(page);
    expect([ids.includes("heat-map"), ids.includes("slices")]).toEqual([hasHeatMap, hasSlices]);
  });

  test("that was stopped, or saw parts of the history, says so", () => {
    const trials = searched(40).trials.map((each, i) => (i % 2 === 0 ? { ...each, fidelity: 0.25 } : each));
    const page = studyHtml(searched(40, { trials, stopped: true }));
    expect(textOf(page)).toContain("It was stopped before it was over.");
    expect(textOf(page)).toContain("20 trials saw a part of the history only");
    expect(Array.from(unpackColumn(dataOf(page).fidelity!).slice(0, 2))).toEqual([0.25, 1]);
  });
});

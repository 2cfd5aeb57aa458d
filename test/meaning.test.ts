import { describe, expect, it } from "vitest";
import { compile } from "@bitfever/lang";
import { barsOf, calendarOf, catalogue, timingOf, type Surroundings } from "@bitfever/engine";
import { Reference } from "./reference/interpreter.js";
import { evaluated } from "./support/evaluated.js";
import { planOf } from "./support/planned.js";

/* Small programs that once meant something else than they said, each with what it says. */

const minutes = 15;
const close = Float64Array.of(1, 2, 4, 3, 5, 8);
const bars = barsOf("EXAMPLE", {
  time: close.map((_, i) => Date.UTC(2024, 0, 2, 0, i * minutes)),
  open: close.map((each) => each - 0.5),
  high: close.map((each) => each + 1),
  low: close.map((each) => each - 1),
  close,
  volume: close.map(() => 100),
});
const surroundings: Surroundings = {
  timing: timingOf(calendarOf(null, { zone: "UTC" }), minutes * 60_000),
  instrument: { tick: 0.25, lot: 1, multiplier: 1 },
};

const entering = (functions: string, body: string): string =>
  `${functions}\nstrategy "Example" on 15m {\n  ${body}\n  enter long when close > open { stop at low }\n}\n`;

describe("what a program says", () => {
  it.each<[title: string, functions: string, body: string, values: readonly (number | null)[]]>([
    [
      "a function called in a loop has definitions of its own",
      "fn twice(k) { let a = close[k] * 2 return a + 1 }",
      "let x = sum(for k in 0..1: twice(k))",
      [null, 8, 14, 16, 18, 28],
    ],
    [
      "of no values at all there is no greatest",
      "",
      "let x = max(for k in 0..1 where close[k] > 4: close[k])",
      [null, null, null, null, 5, 8],
    ],
    [
      "a loop over no steps has no smallest",
      "param most: int = -1",
      "let x = min(for k in 0..most: close[k])",
      [null, null, null, null, null, null],
    ],
    [
      "the past of a state is there in its own actions, also in a window",
      "",
      "state x: bool? = close > 3 reset never { set x = any((x[1])[0..1]) or close > 3 }",
      [null, null, 1, 1, 1, 1],
    ],
    [
      "a state starts from what its own past makes",
      "fn first(value) { state kept: price? = value reset never {} return kept }",
      "state x: price? = open reset never { set x = first(x[1] or else close) }",
      [1, 1, 1, 1, 1, 1],
    ],
    [
      "a tick is the same on every clock",
      "",
      "on 30m { let slow = close } let x = latest(slow + tick_size)",
      [null, 2.25, 2.25, 3.25, 3.25, 8.25],
    ],
    [
      "nothing is the same on every clock",
      "",
      "on 30m { let gone: price? = none } let x = gone or else close",
      [1, 2, 4, 3, 5, 8],
    ],
  ])("%s", (_title, functions, body, values) => {
    const isParameter = functions.startsWith("param");
    const text = isParameter ? entering("", `${functions}\n  ${body}`) : entering(functions, body);
    const expected = values.map((each) => each ?? NaN);
    const columns = evaluated(planOf(text), bars, surroundings, { blocks: [bars.length] });
    expect(Array.from(columns.get("x") ?? [])).toEqual(expected);
    expect(Array.from(new Reference(text, bars, surroundings).columns().get("x") ?? [])).toEqual(expected);
  });

  it.each([
    ["a state", "state kept: price? = value reset never { set kept = kept + value } return kept"],
    [
      "a value that goes on from its own past",
      "let kept: price = (kept[1] or else value) * 0.5 + value return kept",
    ],
  ])("%s cannot be another at every step of a loop", (_title, body) => {
    const text = entering(`fn f(value) { ${body} }`, "let x = sum(for k in 0..3: f(close[k]))");
    const { diagnostics } = compile({ name: "example.bf", text }, catalogue);
    expect(diagnostics.filter((each) => each.severity === "error").map((each) => each.code)).toEqual([
      "BF2018",
    ]);
  });
});

import { afterEach, expect, it, vi } from "vitest";
import { compile, specialise } from "@bitfever/lang";
import { calendarOf } from "../../src/calendar.js";
import { catalogue } from "../../src/catalogue.js";
import { timingOf } from "../../src/trading-calendar.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("where no code can be made, closures do all", async () => {
  // Whether it can is found out once: by modules of its own.
  vi.resetModules();
  const { Evaluation } = await import("../../src/evaluate.js");
  const { canCompile } = await import("../../src/wasm/web-assembly.js");
  vi.stubGlobal("WebAssembly", undefined);
  const text = 'strategy "Rise" {\n enter long when close > open { size 1 unprotected }\n}';
  const { program } = compile({ name: "rise.bf", text }, catalogue);
  if (program === null) throw new Error("it does not compile");
  const plan = specialise(program, catalogue);
  const evaluation = new Evaluation(plan, 3, {
    timing: timingOf(calendarOf(null, { zone: "UTC", start: "00:00" }), 60_000),
    instrument: { tick: null, lot: null, multiplier: 1 },
    conditions: plan.rules.map(({ when }) => when),
    reads: [],
  });
  const column = (...values: number[]): Float64Array => Float64Array.from(values);
  const none = column(0, 0, 0);
  const bars = { time: none, high: none, low: none, volume: none, session_bar: none };
  evaluation.append({ ...bars, open: column(1, 1, 1), close: column(2, 0, 2) }, 0, 3);
  const { words, count } = evaluation.signals;
  expect([[...words], count]).toEqual([[1, 0, 1], 2]);
  expect(canCompile()).toBe(false);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ColumnId, Plan, PlanNode } from "@bitfever/lang";
import { kernels } from "../../src/catalogue.js";
import { Evaluation, type Fields } from "../../src/evaluate.js";
import { indicators } from "../../src/indicators/index.generated.js";
import { barsBetweenRebuilds } from "../../src/rebuild.js";
import { ReusedRoom } from "../../src/room.js";
import { calendarOf } from "../../src/calendar.js";
import { timingOf } from "../../src/trading-calendar.js";
import { ColumnMemory } from "../../src/wasm/column-memory.js";
import { fusionOf } from "../../src/wasm/fusion.js";
import { fusedKernels } from "../../src/wasm/kernels/index.generated.js";
import { isPaired } from "../../src/wasm/paired-loop.js";
import { pairedOperators } from "../../src/wasm/paired-operators.js";
import { operators } from "../../src/wasm/operators.js";

/* Columns that one loop of WebAssembly computes are those that a closure for each node makes, to the last bit. */

type Kind = "number" | "condition";

/** What a node may be, with inputs of a kind; the kernels that no loop knows stand in the way of it. */
interface Shape {
  readonly name: string;
  readonly inputs: readonly Kind[];
  readonly output: Kind;
}

const shapes: readonly Shape[] = [
  ...["add", "subtract", "multiply", "divide", "or_else"].map((name) => shape(name, "nn", "number")),
  shape("negate", "n", "number"),
  ...["less", "less_or_equal", "greater", "greater_or_equal", "equal", "not_equal"].map((name) =>
    shape(name, "nn", "condition"),
  ),
  ...["crosses_above", "crosses_below"].map((name) => shape(name, "nn", "condition")),
  ...["and", "or"].map((name) => shape(name, "cc", "condition")),
  shape("not", "c", "condition"),
  shape("ready", "n", "condition"),
  shape("ready", "c", "condition"),
  shape("choose", "cnn", "number"),
  shape("choose", "ccc", "condition"),
  ...fusedKernels.map(({ name }) =>
    shape(name, "n".repeat(Math.max(1, definitionOf(name).fields?.length ?? 0)), "number"),
  ),
  // Without code.
  shape("delay", "n", "number"),
  shape("highest", "n", "number"),
];

function shape(name: string, inputs: string, output: Kind): Shape {
  return { name, inputs: Array.from(inputs, (each) => (each === "n" ? "number" : "condition")), output };
}

function definitionOf(name: string) {
  const found = indicators.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no indicator \`${name}\``);
  return found;
}

const computed = { clock: 0, warmup: 0, phase: "column", loop: null } as const;

interface Case {
  readonly plan: Plan;
  readonly conditions: readonly ColumnId[];
  readonly reads: readonly ColumnId[];
  readonly fields: Fields;
  readonly cuts: readonly number[];
}

const bars = 60;
const value = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -3, max: 12 }) },
  { weight: 4, arbitrary: fc.double({ min: 0.5, max: 200, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, NaN, -0, 1e300, -1e300, 1e-300) },
);
const series = fc.array(value, { minLength: bars, maxLength: bars }).map((all) => Float64Array.from(all));

/** Nodes that read earlier ones. */
function nodesOf(
  picks: readonly { readonly shape: number; readonly of: readonly number[]; readonly length: number }[],
  known: readonly Shape[],
): {
  readonly nodes: PlanNode[];
  readonly kinds: readonly Kind[];
} {
  const kinds: Kind[] = [];
  const nodes: PlanNode[] = (["open", "high", "low", "close"] as const).map((field, column) => {
    kinds.push("number");
    return { ...computed, kind: "field", field, columns: [column] };
  });
  nodes.push({ ...computed, kind: "constant", value: 5, columns: [kinds.push("number") - 1] });
  for (const { shape: at, of, length } of picks) {
    const { name, inputs, output } = known[at % known.length];
    const found = inputs.map((kind, i) => {
      const candidates = kinds.flatMap((each, column) => (each === kind ? [column] : []));
      return candidates[of[i] % candidates.length];
    });
    if (found.includes(undefined as never)) continue;
    const indicator = indicators.find((each) => each.name === name);
    const parameters =
      name === "delay"
        ? [length]
        : (indicator?.parameters ?? []).map(({ type, default: initial = 0 }) =>
            type === "bars" ? Math.max(2, length) : initial,
          );
    const lookback = name === "delay" ? length : (indicator?.lookback(parameters) ?? 1);
    const columns = (indicator?.outputs ?? [0]).map(() => kinds.push(output) - 1);
    nodes.push({ ...computed, kind: "kernel", kernel: name, parameters, inputs: found, lookback, columns });
  }
  return { nodes, kinds };
}

const casesOf = (known: readonly Shape[]): fc.Arbitrary<Case> =>
  fc
    .record({
      picks: fc.array(
        fc.record({
          shape: fc.nat(),
          of: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
          length: fc.integer({ min: 1, max: 9 }),
        }),
        { minLength: 2, maxLength: 14, size: "max" },
      ),
      chosen: fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
      read: fc.array(fc.nat(), { maxLength: 5 }),
      fields: fc.record({ open: series, high: series, low: series, close: series }),
      cuts: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 6, maxLength: 30 }),
    })
    .map(({ picks, chosen, read, fields, cuts }) => {
      const { nodes, kinds } = nodesOf(picks, known);
      const conditions = kinds.flatMap((kind, column) => (kind === "condition" ? [column] : []));
      const pick = (of: readonly number[], from: readonly number[]): number[] =>
        from.length === 0 ? [] : [...new Set(of.map((each) => from[each % from.length]))];
      return {
        plan: planOf(nodes),
        conditions: pick(chosen, conditions),
        reads: pick(read, [...kinds.keys()]),
        fields: { ...emptyFields(bars), ...fields },
        cuts,
      };
    });

function planOf(nodes: readonly PlanNode[]): Plan {
  const lookback = Math.max(0, ...nodes.map((each) => (each.kind === "kernel" ? each.lookback : 0)));
  const clocks = [{ interval: null, market: null, warmup: 0, lookback }];
  return { nodes, clocks, markets: [], warmup: 0, outputs: [], rules: [] } as unknown as Plan;
}

function emptyFields(length: number): Fields {
  const none = new Float64Array(length);
  return { time: none, open: none, high: none, low: none, close: none, volume: none, session_bar: none };
}

const timing = timingOf(calendarOf(null, { zone: "UTC", start: "00:00" }), 60_000);

/** Used again for all cases, as in a search. */
const memory = ColumnMemory.create();
const rooms = [new ReusedRoom(), new ReusedRoom(memory)];

/** The fields of a plan as columns that are there already, where code can read them as they lie. */
function standing({ plan, fields }: Case): ReadonlyMap<ColumnId, Float64Array> {
  const given = new Map<ColumnId, Float64Array>();
  for (const node of plan.nodes) {
    if (node.kind !== "field") continue;
    const column = memory?.column(fields[node.field].length) ?? new Float64Array(0);
    column.set(fields[node.field]);
    given.set(node.columns[0], column);
  }
  return given;
}

/** What an evaluation tells of each bar, block by block. */
function told(given: Case, isFused: boolean, isStanding = false): string {
  const { plan, conditions, reads, fields, cuts } = given;
  const longest = Math.max(...cuts);
  const room = rooms[Number(isStanding)];
  room.clear();
  const columns = isStanding ? standing(given) : undefined;
  const evaluation = new Evaluation(plan, longest, {
    timing,
    instrument: { tick: null, lot: null, multiplier: 1 },
    ...{ conditions, room, given: columns },
    reads: isFused ? reads : undefined,
  });
  const bits: string[] = [];
  let from = 0;
  for (let k = 0; from < fields.close.length; k++) {
    const to = Math.min(from + cuts[k % cuts.length], fields.close.length);
    evaluation.append(fields, from, to);
    const { words, bars: eventful, count } = evaluation.signals;
    const signals = [[...words.subarray(0, to - from)], [...eventful.subarray(0, count)]];
    const values = reads.map((each) =>
      [...evaluation.newest(each)].map((value) => (Object.is(value, -0) ? "-0" : `${value}`)),
    );
    bits.push(JSON.stringify({ signals: conditions.length === 0 ? [] : signals, columns: values }));
    from = to;
  }
  for (const each of columns?.values() ?? []) memory?.release(each);
  return `${bits.join("\n")}\n${evaluation.kernels} kernels`;
}

describe("a fused loop", () => {
  it("tells what closures do of any plan, to the last bit", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(casesOf(shapes), (given) => {
        const fusion = fusionOf(given.plan);
        for (const each of fusion?.fused ?? []) seen.add(each.kind === "kernel" ? each.kernel : each.kind);
        if (fusion !== null && isPaired([...fusion.fused])) seen.add("two bars at a time");
        if ((fusion?.late.size ?? 0) > 0) seen.add("after");
        const byClosures = told(given, false);
        expect(told(given, true)).toBe(byClosures);
        expect(told(given, true, true)).toBe(byClosures);
      }),
      { numRuns: Number(process.env["LAW_RUNS"] ?? 2_000) },
    );
    const all = [...operators, ...fusedKernels].map(({ name }) => name);
    expect([...seen].sort()).toEqual(["after", "constant", "two bars at a time", ...all].sort());
  });

  it("tells the same of what only compares, two bars at a time", () => {
    const known = shapes.filter(({ name }) => pairedOperators.has(name));
    fc.assert(
      fc.property(casesOf(known), (given) => {
        const fusion = fusionOf(given.plan);
        fc.pre(fusion !== null);
        expect(isPaired([...fusion.fused])).toBe(true);
        const byClosures = told(given, false);
        expect(told(given, true)).toBe(byClosures);
        expect(told(given, true, true)).toBe(byClosures);
      }),
      { numRuns: Number(process.env["LAW_RUNS"] ?? 1_000) },
    );
  });

  it.each(fusedKernels.map(({ name }) => name))("%s: sums are added up anew after many bars", (name) => {
    const length = 2 * barsBetweenRebuilds + 3_000;
    const walk = Float64Array.from({ length }, (_, i) => 100 + Math.sin(i / 7) + Math.sin(i * i) / 3);
    walk[1_000] = NaN;
    const fields = { ...emptyFields(length), open: walk, high: walk, low: walk, close: walk };
    const at = shapes.findIndex((each) => each.name === name);
    const { nodes, kinds } = nodesOf([{ shape: at, of: [0, 1, 2], length: 7 }], shapes);
    const reads = [...kinds.keys()].slice(5);
    const given = { plan: planOf(nodes), conditions: [], reads, fields, cuts: [2_048] };
    expect(told(given, true) === told(given, false)).toBe(true);
  });

  it("knows kernels of the catalogue only", () => {
    for (const { name } of [...operators, ...fusedKernels]) expect(kernels.has(name), name).toBe(true);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Case, Column, Expectation, Topic } from "./conformance/case.js";
import { readFillTables } from "./conformance/fill-table.js";
import { answerTo } from "./conformance/run-case.js";
import { violations, type Schema } from "./conformance/schema.js";
import { Random } from "./support/random.js";

/*
 * The conformance suite, run by this implementation. Its files are data that any other could run; what they expect comes
 * from tables made by hand and from the meaning of the language, never from a run.
 */

const folder = new URL("../conformance/", import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

const schema = read("schema.json") as Schema;
const notTestable = read("not-testable.json") as Readonly<Record<string, string>>;
const others = ["schema.json", "not-testable.json", "fill-tables.json", "fill-tables.schema.json"];
const files = readdirSync(folder).filter((name) => name.endsWith(".json") && !others.includes(name));
const topics = files.map((name) => ({ name, topic: read(name) as Topic }));
const all = topics.flatMap(({ topic }) => topic.cases.map((each) => ({ topic, each })));

const language = readFileSync(new URL("../docs/language.md", import.meta.url), "utf8");
const rules = [...language.matchAll(/\[(L-[A-Z]+-\d+)\]/g)].map(([, id]) => id);

/** What an answer is, in the precision that is asked for; null where it is as expected. */
function difference(expected: Expectation, found: Expectation): string | null {
  const { within = 0, ...asked } = expected;
  return isAlike(asked, found, within)
    ? null
    : `expected ${JSON.stringify(asked)}, found ${JSON.stringify(found)}`;
}

function isAlike(one: unknown, other: unknown, within: number): boolean {
  if (typeof one === "number" && typeof other === "number") return Math.abs(one - other) <= within;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return one === other;
  const [a, b] = [one, other].map((each) => new Map<string, unknown>(Object.entries(each)));
  return (
    a.size === b.size && [...a].every(([name, part]) => b.has(name) && isAlike(part, b.get(name), within))
  );
}

describe("the conformance suite", () => {
  it.each(topics)("$name is as its schema says", ({ topic }) => {
    expect(violations(topic, schema)).toEqual([]);
  });

  it.each([
    {},
    { topic: "a", about: "", cases: [] },
    { topic: "a", about: "", cases: [{ id: "a/1", rules: [], expression: "1", expect: { value: 1 } }] },
    { topic: "a", about: "", cases: [{ id: "a/1", rules: ["L-OP-1"], expect: { value: 1 } }] },
    { topic: "a", about: "", cases: [{ id: "a/1", rules: ["L-OP-1"], expression: "1", expect: {} }] },
    {
      topic: "a",
      about: "",
      cases: [{ id: "a/1", rules: ["L-OP-1"], expression: "1", expect: { value: "1" } }],
    },
  ])("is no topic: %j", (wrong) => {
    expect(violations(wrong, schema)).toHaveLength(Object.keys(wrong).length === 0 ? 3 : 1);
  });

  it("asks of no bars that its file has not", () => {
    for (const { topic, each } of all)
      if (each.bars !== undefined) expect(Object.keys(topic.bars ?? {}), each.id).toContain(each.bars);
  });

  it("gives every case a name of its own, beginning with its topic", () => {
    const ids = all.map(({ each }) => each.id);
    expect(ids.filter((id, i) => ids.indexOf(id) < i)).toEqual([]);
    expect(all.filter(({ topic, each }) => !each.id.startsWith(`${topic.topic}/`))).toEqual([]);
  });

  it("has a thousand cases and more", () => {
    expect(all.length).toBeGreaterThanOrEqual(1_000);
  });

  it("names rules that the reference has, and leaves out none that can be a case", () => {
    const named = new Set(all.flatMap(({ each }) => each.rules));
    expect([...named].filter((each) => !rules.includes(each))).toEqual([]);
    expect(rules.filter((each) => !named.has(each)).sort()).toEqual(Object.keys(notTestable).sort());
    expect(Object.keys(notTestable).length).toBeLessThan(10);
  });
});

describe("the tables of fills", () => {
  const tablesSchema = read("fill-tables.schema.json") as Schema;
  const row = { title: "a", bars: [[1, 1, 1, 1]], sent: [{ enter: "long" }], expected: { all: [] } };
  const tablesWith = (given: object): unknown => ({
    about: "",
    tables: [{ title: "a", about: "", shows: ["L-FILL-1"], rows: [{ ...row, ...given }] }],
  });

  it("are as their schema says", () => {
    expect(violations(read("fill-tables.json"), tablesSchema)).toEqual([]);
    expect(violations(tablesWith({}), tablesSchema)).toEqual([]);
  });

  it.each([
    { bars: [[1, 1, 1]] },
    { bars: [[1, 1, 1, 1, 0]] },
    { sent: [] },
    { sent: [{ enter: "long", exit: "long" }] },
    { sent: [{ enter: "long", good: "week" }] },
    { fills: { volume: "10%" } },
    { mirror: true },
    { expected: { nowhere: [] } },
    { expected: { all: ["bar 1: buys 1 at 100 opens (enter)"] } },
    { expected: { all: ["bar 1: buy 1 at 100 opens (stop)"] } },
  ])("have no row with %j", (wrong) => {
    expect(violations(tablesWith(wrong), tablesSchema)).toHaveLength(1);
  });

  it("name rules that the reference has", () => {
    const named = readFillTables().tables.flatMap(({ shows }) => shows);
    expect(named.filter((each) => !rules.includes(each))).toEqual([]);
  });
});

describe.each(topics)("$name", { timeout: 60_000 }, ({ topic }) => {
  for (const each of topic.cases)
    it(each.id, async () => {
      expect(difference(each.expect, await answerTo(each, topic)), textOf(each)).toBeNull();
    });
});

const textOf = ({ program, expression, note }: Case): string =>
  `${note ?? ""}\n${program ?? expression ?? ""}`;

describe("a wrong expectation is noticed", () => {
  const random = new Random(12);
  const chosen = Array.from({ length: 20 }, () => random.pick(all));

  it.each(chosen.map(({ topic, each }) => [each.id, topic, each] as const))(
    "%s",
    async (_id, topic, each) => {
      expect(difference(spoilt(each.expect, random), await answerTo(each, topic))).not.toBeNull();
    },
  );
});

/** The same expectation with one thing in it changed. */
function spoilt(expected: Expectation, random: Random): Expectation {
  const { diagnostics, value, columns, fills, alerts, refused, warmup, tests } = expected;
  const off = (number: number | null): number | null => (number === null ? 0 : number + 0.001);
  if (diagnostics !== undefined)
    return { diagnostics: diagnostics.length === 0 ? ["BF2001"] : diagnostics.slice(1) };
  if (refused !== undefined) return { refused: "BF5999" };
  if (value !== undefined) return { ...expected, value: off(value) };
  if (columns !== undefined) {
    const names = Object.keys(columns);
    const name = names[random.whole(0, names.length - 1)];
    const place = random.whole(0, columns[name].length - 1);
    const column: Column = columns[name].map((each, i) => (i === place ? off(each) : each));
    return { ...expected, columns: { ...columns, [name]: column } };
  }
  if (fills !== undefined)
    return { ...expected, fills: fills.length === 0 ? [{ bar: 1, side: "buy", price: 1 }] : fills.slice(1) };
  if (alerts !== undefined) return { ...expected, alerts: alerts.slice(1) };
  if (tests !== undefined) return { tests: { passed: tests.failed, failed: tests.passed } };
  return { ...expected, warmup: (warmup ?? 0) + 1 };
}

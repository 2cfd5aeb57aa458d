import { readFileSync } from "node:fs";
import { BitFeverError } from "@bitfever/lang";
import { describe, expect, it } from "vitest";
import { Gatekeeper, gates, type GateRule } from "@bitfever/runtime";

/* What is said of rules that are none. They come from files: anything may stand in them. */

const mistake = (...rules: readonly unknown[]): string => {
  try {
    new Gatekeeper(rules as GateRule[]);
  } catch (error) {
    if (error instanceof BitFeverError) return `${error.code} ${error.message}; ${error.hint ?? ""}`;
    throw error;
  }
  return "none";
};

const window = (changes: object): unknown => ({
  gate: "session_hours",
  hours: { zone: "UTC", windows: [{ from: "09:00", to: "17:00", ...changes }] },
});
const event = (changes: object): unknown => ({
  gate: "event_blackout",
  events: [{ name: "FOMC", from: 1, to: 2, ...changes }],
});

describe("a rule", () => {
  it.each(gates)("of the example of $name is right", ({ name, example }) => {
    expect(mistake({ gate: name, ...example })).toBe("none");
  });

  it.each<[given: unknown, said: string]>([
    [
      { gate: "max_postion", most: 1 },
      "BF5170 gate rule 2: there is no gate `max_postion`; did you mean `max_position`?",
    ],
    [{ most: 1 }, "BF5170 gate rule 2: it names no gate; there are "],
    [null, "BF5170 gate rule 2: it names no gate; "],
    ["drawdowns", "BF5170 gate rule 2: there is no gate `drawdowns`; did you mean `drawdown`?"],
    [
      { gate: "drawdown", most: 0.1, symbl: "A" },
      "BF5171 gate rule 2, `drawdown`: there is no field `symbl`; did you mean `symbol`?",
    ],
    [
      { gate: "drawdown", hours: {} },
      "BF5171 gate rule 2, `drawdown`: it has no `hours`; its limit is `most`",
    ],
    [
      { gate: "session_hours", most: 1 },
      "BF5171 gate rule 2, `session_hours`: it has no `most`; its limit is `hours`",
    ],
    [
      { gate: "max_position" },
      "BF5172 gate rule 2, `max_position`: there is no `most`; it is a number of units, and not below 0",
    ],
    [{ gate: "max_position", most: -1 }, "BF5172 gate rule 2, `max_position`: `most` cannot be -1; "],
    [{ gate: "max_position", most: NaN }, "BF5172 gate rule 2, `max_position`: `most` cannot be NaN; "],
    [{ gate: "max_position", most: "" }, "BF5172 gate rule 2, `max_position`: `most` cannot be ; "],
    [
      { gate: "max_position", most: "5%" },
      "BF5172 gate rule 2, `max_position`: `most` cannot be 5%; it is a number of units",
    ],
    [{ gate: "max_position", most: [1] }, "BF5172 gate rule 2, `max_position`: `most` cannot be 1; "],
    [
      { gate: "daily_loss", most: 2 },
      "BF5172 gate rule 2, `daily_loss`: `most` cannot be 2; it is a share up to 1, such as 0.05 or 5%",
    ],
    [
      { gate: "losses_in_a_row", most: 2.5 },
      "BF5172 gate rule 2, `losses_in_a_row`: `most` cannot be 2.5; it is a whole number",
    ],
    [
      { gate: "stale_data", most: "1mo" },
      "BF5172 gate rule 2, `stale_data`: `most` cannot be 1mo; it is milliseconds, or a time such as 90s or 5m",
    ],
    [{ gate: "stale_data", most: "2%" }, "BF5172 gate rule 2, `stale_data`: `most` cannot be 2%; "],
    [
      { gate: "drawdown", most: 0.1, action: "stop" },
      'BF5173 gate rule 2, `drawdown`: `action` cannot be "stop"; it is one of refuse, reduce, halt, flatten',
    ],
    [
      { gate: "drawdown", most: 0.1, symbol: "A" },
      "BF5174 gate rule 2, `drawdown`: it looks at the account as a whole, not at a symbol; leave `symbol` out",
    ],
    [
      { gate: "exposure", most: 1, sector: 7 },
      "BF5174 gate rule 2, `exposure`: `sector` cannot be 7; it is the name of a sector",
    ],
    [
      { gate: "max_position", most: 1, per: "account" },
      'BF5174 gate rule 2, `max_position`: `per` cannot be "account"; it is one of symbol',
    ],
    [{ gate: "session_hours" }, "BF5175 gate rule 2, `session_hours`: there are no hours; "],
    [
      { gate: "session_hours", hours: { zone: "UTC", windows: [] } },
      "BF5175 gate rule 2, `session_hours`: there are no hours; ",
    ],
    [
      { gate: "session_hours", hours: { calendar: "NYX" } },
      'BF5044 gate rule 2, `session_hours`: there is no calendar "NYX"; ',
    ],
    [
      { gate: "session_hours", hours: { zone: "Mars", windows: [{}] } },
      'BF5040 gate rule 2, `session_hours`: there is no time zone "Mars"; ',
    ],
    [{ gate: "session_hours", hours: null }, "BF5175 gate rule 2, `session_hours`: there are no hours; "],
    [
      { gate: "session_hours", hours: { calendar: 7 } },
      "BF5175 gate rule 2, `session_hours`: there are no hours; ",
    ],
    [
      { gate: "session_hours", hours: { windows: [{}] } },
      "BF5175 gate rule 2, `session_hours`: there are no hours; ",
    ],
    [
      { gate: "session_hours", hours: { zone: "UTC", windows: { from: "09:00" } } },
      "BF5175 gate rule 2, `session_hours`: there are no hours; ",
    ],
    [window({ from: "09:60" }), 'BF5175 gate rule 2, `session_hours`: "09:60" is not a time of day; '],
    [window({ days: "mon" }), 'BF5175 gate rule 2, `session_hours`: `days` cannot be "mon"; '],
    [{ gate: "exposure", most: 1, sector: "" }, 'BF5174 gate rule 2, `exposure`: `sector` cannot be ""; '],
    [
      { gate: "max_position", most: Infinity },
      "BF5172 gate rule 2, `max_position`: `most` cannot be Infinity; ",
    ],
    [event({ from: NaN }), "BF5176 gate rule 2, `event_blackout`: event 1: `from` cannot be NaN; "],
    [event({ to: "soon" }), "BF5176 gate rule 2, `event_blackout`: event 1: `to` cannot be soon; "],
    [window({ from: "9" }), 'BF5175 gate rule 2, `session_hours`: "9" is not a time of day; '],
    [window({ to: "24:01" }), 'BF5175 gate rule 2, `session_hours`: "24:01" is not a time of day; '],
    [
      window({ days: ["monday"] }),
      'BF5175 gate rule 2, `session_hours`: `days` cannot be ["monday"]; it is a list of mon, ',
    ],
    [window({ days: [] }), "BF5175 gate rule 2, `session_hours`: `days` cannot be []; "],
    [{ gate: "event_blackout" }, "BF5176 gate rule 2, `event_blackout`: there are no events; "],
    [event({ name: "" }), "BF5176 gate rule 2, `event_blackout`: event 1: it has no name; "],
    [
      { gate: "event_blackout", events: [null] },
      "BF5176 gate rule 2, `event_blackout`: event 1: it has no name; ",
    ],
    [event({ to: 1 }), "BF5176 gate rule 2, `event_blackout`: event 1: FOMC ends no later than it begins; "],
    [
      event({ from: "2026-12-09T18:55" }),
      "BF5176 gate rule 2, `event_blackout`: event 1: `from` cannot be 2026-12-09T18:55; write an instant such as ",
    ],
  ])("%j is answered: %s", (given, said) => {
    const right = { gate: "max_position", most: 1 };
    expect(mistake(right, given)).toContain(said);
  });
});

it("rules are a list", () => {
  expect(() => new Gatekeeper({ gate: "drawdown" } as unknown as GateRule[])).toThrow(
    "there are no gate rules",
  );
});

it("the example of the docs is right", () => {
  const page = readFileSync(new URL("../../../../docs/gates.md", import.meta.url), "utf8");
  const [, rules = "[]"] = /```json\n(.*?)```/s.exec(page) ?? [];
  expect(JSON.parse(rules)).toHaveLength(13);
  expect(mistake(...JSON.parse(rules))).toBe("none");
});

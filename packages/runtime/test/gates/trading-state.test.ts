import { expect, it } from "vitest";
import {
  Gatekeeper,
  instructions,
  tradingStates,
  type AccountView,
  type TradingHappening,
} from "@bitfever/runtime";
import { accountOf, noon } from "./account.js";

/* The table of states against the gatekeeper: all that happens stands in it, and all that stands in it happens. */

const rules = [
  { gate: "daily_loss", most: "1%", action: "reduce" },
  { gate: "daily_loss", most: "2%", action: "halt" },
] as const;

interface Worked {
  readonly gatekeeper: Gatekeeper;
  session: number;
}

const account = ({ session }: Worked, equity = 100_000): AccountView => accountOf({ session, equity });

const moves: readonly (readonly [TradingHappening, (worked: Worked) => void])[] = [
  ["reduce", ({ gatekeeper }) => gatekeeper.reduce(noon, "test")],
  ["halt", ({ gatekeeper }) => gatekeeper.halt(noon, "test")],
  ["kill", ({ gatekeeper }) => gatekeeper.kill(noon, "test", { flatten: false })],
  ["flatten", ({ gatekeeper }) => gatekeeper.kill(noon, "test", { flatten: true })],
  ["resume", (worked) => worked.gatekeeper.resume(account(worked))],
  ["reduce", (worked) => worked.gatekeeper.look(noon, account(worked, 99_000))],
  ["halt", (worked) => worked.gatekeeper.look(noon, account(worked, 98_000))],
  [
    "session_end",
    (worked) => {
      worked.session++;
      worked.gatekeeper.look(noon, account(worked));
    },
  ],
];

it("what happens to an account is what the table says", () => {
  const seen = new Set<string>();
  const walk = (path: readonly number[]): void => {
    if (path.length === 4) return;
    moves.forEach(([happening, move], i) => {
      const worked: Worked = { gatekeeper: new Gatekeeper(rules), session: 1 };
      worked.gatekeeper.look(noon, account(worked));
      for (const each of path) moves[each][1](worked);
      const before = worked.gatekeeper.state;
      move(worked);
      // A loss of 2% is met by both rules: it has reduced the account before it halts it.
      seen.add(`${before} ${happening} ${worked.gatekeeper.state}`);
      walk([...path, i]);
    });
  };
  walk([]);
  const table = Object.entries(tradingStates).flatMap(([state, { next }]) =>
    Object.entries(next).flatMap(([happening, states]) => states.map((to) => `${state} ${happening} ${to}`)),
  );
  expect([...seen].sort()).toEqual(table.sort());
});

it("what an instruction asks for is harsher the later it stands", () => {
  expect(
    Object.entries(instructions).map(([name, { cancels, closes }]) => `${name} ${cancels} ${closes}`),
  ).toEqual([
    "pass nothing false",
    "reduce entries false",
    "halt entries false",
    "kill everything false",
    "flatten everything true",
  ]);
});

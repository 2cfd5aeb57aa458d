import { tableFromIPC } from "apache-arrow";
import { expect, it } from "vitest";
import { arrowFile } from "../../src/data/index.js";

it("writes columns of numbers and of texts, with nothing where there is nothing", async () => {
  const columns = new Map([
    ["trial", [0, 1, 2]],
    ["sharpe", [1.25, null, -0.5]],
    ["error", [null, "BF5002: no", null]],
    ["none", [null, null, null]],
  ]);
  const table = tableFromIPC(await arrowFile(columns));
  expect(table.schema.names).toEqual(["trial", "sharpe", "error", "none"]);
  expect([...table].map((row) => row.toJSON())).toEqual([
    { trial: 0, sharpe: 1.25, error: null, none: null },
    { trial: 1, sharpe: null, error: "BF5002: no", none: null },
    { trial: 2, sharpe: -0.5, error: null, none: null },
  ]);
});

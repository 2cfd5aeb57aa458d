import { expect, test } from "vitest";
import { operators } from "../../src/wasm/operators.js";
import { pairedOperators } from "../../src/wasm/paired-operators.js";

test("every operator is known for two bars at a time", () => {
  expect([...pairedOperators.keys()].sort()).toEqual(operators.map(({ name }) => name).sort());
});

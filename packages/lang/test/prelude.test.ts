import { expect, test } from "vitest";
import { parseFile } from "../src/parse.js";
import { preludeDeclarations, preludeText } from "../src/prelude.generated.js";

test("the prelude is kept as it would be read", () => {
  const { items, diagnostics } = parseFile({ name: "prelude.bf", text: preludeText });
  expect(diagnostics).toEqual([]);
  expect(preludeDeclarations()).toStrictEqual(items.map(({ declaration }) => declaration));
});

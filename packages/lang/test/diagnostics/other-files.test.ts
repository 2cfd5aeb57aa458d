import { expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { catalogue } from "../catalogue.js";

/* What is wrong with the numbers of a call comes out when they are known, and stands where the call does. */

const library = {
  name: "library.bf",
  text: `// Long enough that its places lie beyond the end of the file that imports it.
${"// …\n".repeat(60)}
pub fn smooth(x, length: bars) = sma(x, length)
pub fn ago(x, length: bars) = x[length]
`,
};

test.each([
  ["a length", "smooth", "BF2009"],
  ["how far to look back", "ago", "BF2010"],
])("%s", (_, name, code) => {
  const call = `library.${name}(close, n - 21)`;
  const text = `import "library.bf" as library
strategy "Calls" {
  param n: bars = 20
  let a = ${call}
  enter long when a > 0 { unprotected }
  exit when a < 0
}
`;
  const { diagnostics } = compile({ name: "main.bf", text }, catalogue, { findModule: () => library });
  expect(diagnostics.map((each) => [each.code, text.slice(each.span.start, each.span.end)])).toEqual([
    [code, call],
  ]);
});

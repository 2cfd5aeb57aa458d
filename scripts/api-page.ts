import { paragraphs } from "./markdown.js";
import { publicApi, type PublicSymbol } from "./public-api.js";

/** What the library exports, name by name, so that a change of it is seen in a review. */
export function apiPage(): string {
  const api = publicApi();
  const section = (title: string, symbols: readonly PublicSymbol[]): readonly string[] => [
    `## ${title}`,
    ...symbols.flatMap(({ name, description, signature }) => [
      `### ${name}`,
      description,
      `\`\`\`ts\n${signature}\n\`\`\``,
    ]),
  ];
  return paragraphs(
    "# The library",
    'What `import … from "bitfever"` gives. `npm run docs:api` makes a site of it, with parameters, errors and examples; the examples are compiled, strictly, and run as ' +
      "tests (`test/api.test.ts`).",
    ...section(
      "Values",
      api.filter(({ isValue }) => isValue),
    ),
    ...section(
      "Types",
      api.filter(({ isValue }) => !isValue),
    ),
  );
}

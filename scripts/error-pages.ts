import { compile, messages, renderDiagnostic, type MessageCode } from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";

/** The pages of `docs/errors`, by name: one for each diagnostic, and their list. */
export const errorPages = (): [name: string, text: string][] => [
  ["README.md", indexPage()],
  ...codes.map((code): [string, string] => [`${code}.md`, errorPage(code)]),
];

const codes = Object.keys(messages) as MessageCode[];

/** What the first figure of a code says. */
const families: readonly (readonly [prefix: string, title: string])[] = [
  ["BF1", "How a program is written"],
  ["BF2", "Names, types and units"],
  ["BF3", "What it would do in the market"],
];

const paragraphs = (...parts: readonly string[]): string => `${parts.join("\n\n")}\n`;
const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

function indexPage(): string {
  const sections = families.map(([prefix, title]) => {
    const rows = codes
      .filter((code) => code.startsWith(prefix))
      .map((code) => `| [${code}](${code}.md) | ${messages[code].severity} | ${messages[code].title} |`);
    return [`## ${title}`, ["| Code | Severity | Says |", "| --- | --- | --- |", ...rows].join("\n")].join(
      "\n\n",
    );
  });
  return paragraphs(
    "# Errors and warnings",
    "Everything that the compiler says of a program, with a page for each: why it says so, a program that is wrong, and " +
      "the same put right. A code never changes its meaning. `bf-compile --explain CODE` prints the same in a terminal, " +
      "and `bf-compile --fix FILE` applies the fixes where a message offers one. Codes that begin with `BF4` or `BF5` are not of programs: " +
      "[errors of data, settings and use](../reference/errors.md).",
    ...sections,
  );
}

function errorPage(code: MessageCode): string {
  const { title, severity, explanation, wrong, right } = messages[code];
  return paragraphs(
    `# ${code}: ${title}`,
    `_${severity === "error" ? "An error: the program is not run." : "A warning: the program is run all the same."}_`,
    explanation,
    "## Wrong",
    fence("bf", wrong),
    "The compiler says:",
    fence("text", rendered(code, wrong)),
    "## Right",
    fence("bf", right),
    "[All errors and warnings](README.md)",
  );
}

function rendered(code: MessageCode, text: string): string {
  const source = { name: "example.bf", text };
  const said = compile(source, catalogue).diagnostics.filter((each) => each.code === code);
  if (said.length === 0) throw new Error(`messages: the wrong program of ${code} does not get it`);
  return said.map((each) => renderDiagnostic(source, each)).join("\n\n");
}

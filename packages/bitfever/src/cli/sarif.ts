import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import {
  messages,
  positionAt,
  type Diagnostic,
  type MessageCode,
  type Source,
  type Span,
} from "@bitfever/lang";
import { version } from "../version.js";

/** What was found in one file. */
export interface FoundInSource {
  readonly source: Source;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The diagnostics as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), as code hosts and editors
 * read them.
 */
export function sarifOf(found: readonly FoundInSource[]): object {
  const codes = [...new Set(found.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "bf-compile", version, rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        artifacts: found.map(({ source }) => ({ location: artifactOf(source), sourceLanguage: "bitfever" })),
        results: found.flatMap(({ source, diagnostics }) =>
          diagnostics.map((each) => resultOf(source, each, codes)),
        ),
      },
    ],
  };
}

function ruleOf(code: MessageCode): object {
  const { title, severity, explanation, wrong, right } = messages[code];
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: {
      text: `${explanation}\n\nWrong:\n\n${wrong}\nRight:\n\n${right}`,
      markdown: `${explanation}\n\nWrong:\n\n${fenced(wrong)}\n\nRight:\n\n${fenced(right)}\n`,
    },
    defaultConfiguration: { level: severity },
  };
}

const fenced = (text: string): string => `\`\`\`bf\n${text.trimEnd()}\n\`\`\``;

function resultOf(source: Source, of: Diagnostic, codes: readonly MessageCode[]): object {
  const { code, severity, message, hint, span, labels, fix } = of;
  const physical = (place: Span): object => ({
    physicalLocation: { artifactLocation: artifactOf(source), region: regionOf(source, place) },
  });
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    locations: [physical(span)],
    ...(labels.length > 0 && {
      relatedLocations: labels.map((each, id) => ({
        id,
        ...physical(each.span),
        message: { text: each.text },
      })),
    }),
    ...(fix !== undefined && {
      fixes: [
        {
          description: { text: fix.title },
          artifactChanges: [
            {
              artifactLocation: artifactOf(source),
              replacements: fix.edits.map((each) => ({
                deletedRegion: regionOf(source, each.span),
                insertedContent: { text: each.text },
              })),
            },
          ],
        },
      ],
    }),
  };
}

/** A path as a URI: beside the working folder, or absolute. */
const artifactOf = ({ name }: Source): object => ({
  uri: isAbsolute(name) ? pathToFileURL(name).href : name.split(/[\\/]/).map(encodeURIComponent).join("/"),
});

/** Half-open, lines and columns from 1. */
function regionOf(source: Source, { start, end }: Span): object {
  const [from, to] = [positionAt(source, start), positionAt(source, end)];
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: start,
    charLength: end - start,
  };
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { messages } from "@bitfever/lang";
import { afterAll, describe, expect, it } from "vitest";
import { bfCompile } from "../src/cli/bf-compile.js";
import { sarifOf } from "../src/cli/sarif.js";
import { run } from "./cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "bitfever-sarif-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const text = `strategy "Broken" {
  let a = close
  let a = smaa(open, 20)
  let limit = "é" == closee
  enter long when close > a { stop at low }
}
`;
const path = join(folder, "broken file.bf");
writeFileSync(path, text);

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly charOffset: number;
  readonly charLength: number;
}
interface Place {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Place[];
  readonly relatedLocations?: readonly (Place & {
    readonly id: number;
    readonly message: { readonly text: string };
  })[];
  readonly fixes?: readonly {
    readonly description: { readonly text: string };
    readonly artifactChanges: readonly {
      readonly artifactLocation: { readonly uri: string };
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
}
interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly version: string;
        readonly rules: readonly {
          readonly id: string;
          readonly shortDescription: { readonly text: string };
          readonly fullDescription: { readonly text: string };
          readonly help: { readonly text: string; readonly markdown: string };
          readonly defaultConfiguration: { readonly level: string };
        }[];
      };
    };
    readonly columnKind: string;
    readonly results: readonly Result[];
  }[];
}

/** The piece of the text that lines and columns enclose, found without offsets. */
function enclosed({ startLine, startColumn, endLine, endColumn }: Region): string {
  const lines = text.split("\n").slice(startLine - 1, endLine);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, endColumn - 1);
  lines[0] = lines[0].slice(startColumn - 1);
  return lines.join("\n");
}

describe("bf-compile --format sarif", async () => {
  const { code, out, err } = await run(bfCompile, path, "--format", "sarif");
  const sarif = JSON.parse(out) as Sarif;
  const [{ tool, columnKind, results }] = sarif.runs;

  it("puts one log on stdout and nothing on stderr", () => {
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(sarif).toMatchObject({
      version: "2.1.0",
      $schema: expect.stringContaining("sarif-2.1.0") as string,
    });
    expect(sarif.runs.length).toBe(1);
    expect(columnKind).toBe("utf16CodeUnits");
  });

  it("has a rule for each code that occurs, with what the message says of itself", () => {
    const { name, rules } = tool.driver;
    expect(name).toBe("bf-compile");
    expect(rules.map(({ id }) => id)).toEqual([...new Set(results.map(({ ruleId }) => ruleId))].sort());
    for (const { id, shortDescription, fullDescription, help, defaultConfiguration } of rules) {
      const { title, explanation, severity, wrong, right } = messages[id as keyof typeof messages];
      expect(shortDescription.text).toBe(title);
      expect(fullDescription.text).toBe(explanation);
      expect(help.text).toContain(wrong);
      expect(help.markdown).toContain(right.trimEnd());
      expect(defaultConfiguration.level).toBe(severity);
    }
  });

  it("has a result for each diagnostic", async () => {
    const json = JSON.parse((await run(bfCompile, path, "--format", "json")).out) as { code: string }[];
    expect(json.length).toBeGreaterThan(2);
    expect(results.map(({ ruleId }) => ruleId)).toEqual(json.map((each) => each.code));
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(["error", "warning"]).toContain(level);
      expect(message.text).not.toBe("");
      expect(locations.length).toBe(1);
    }
  });

  it("says in every region the same place twice, by line and by offset", () => {
    const places = results.flatMap(({ locations, relatedLocations = [] }) => [
      ...locations,
      ...relatedLocations,
    ]);
    const deleted = results.flatMap(({ fixes = [] }) =>
      fixes.flatMap(({ artifactChanges }) =>
        artifactChanges.flatMap(({ replacements }) => replacements.map((each) => each.deletedRegion)),
      ),
    );
    const regions = [...places.map(({ physicalLocation }) => physicalLocation.region), ...deleted];
    expect(regions.length).toBeGreaterThan(results.length);
    for (const region of regions)
      expect(enclosed(region)).toBe(text.slice(region.charOffset, region.charOffset + region.charLength));
    for (const { physicalLocation } of places)
      expect(physicalLocation.artifactLocation.uri).toBe(pathToFileURL(path).href);
  });

  it("has labels as related locations, and fixes", () => {
    const twice = results.find(({ ruleId }) => ruleId === "BF2002");
    expect(twice?.relatedLocations?.[0]).toMatchObject({
      id: 0,
      physicalLocation: { region: { startLine: 2 } },
    });
    expect(twice?.relatedLocations?.[0].message.text).not.toBe("");
    const typo = results.find(({ ruleId }) => ruleId === "BF2004");
    const [{ description, artifactChanges }] = typo?.fixes ?? [];
    expect(description.text).toBe("did you mean `sma`?");
    expect(artifactChanges[0].replacements[0].insertedContent.text).toBe("sma");
    expect(enclosed(artifactChanges[0].replacements[0].deletedRegion)).toBe("smaa");
  });

  it("writes relative paths as relative references", () => {
    const found = [{ source: { name: "my strategies/ä.bf", text: "" }, diagnostics: [] }];
    expect(sarifOf(found)).toMatchObject({
      runs: [{ artifacts: [{ location: { uri: "my%20strategies/%C3%A4.bf" } }], results: [] }],
    });
  });
});

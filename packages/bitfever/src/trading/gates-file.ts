import { Gatekeeper, type Gate, type GateRule } from "@bitfever/runtime";
import { readSource } from "../files.js";

/**
 * Reads gate rules from a YAML or JSON file: a list, as docs/gates.md has it.
 *
 * @param own  gates that are not of the catalogue
 * @throws BitFeverError BF5184 with file, line and place for what the file should not say, BF5170 to BF5176 with file and line
 *   for a rule that cannot be
 * @example
 * setUp({ strategies, symbols, gates: await readGates("gates.yaml") });
 */
export async function readGates(path: string, own?: readonly Gate[]): Promise<readonly GateRule[]> {
  const { text } = await readSource(path);
  // YAML is seventy files, and most runs read none.
  const { Placed } = await import("../portfolio/placed.js");
  const file = Placed.read(path, text, "BF5184");
  const rules: GateRule[] = [];
  for (const each of file.list()) {
    rules.push(each.plain() as GateRule);
    // With those before it, so that it is counted as it is listed.
    each.within(() => new Gatekeeper(rules, own));
  }
  return rules.length > 0 ? rules : file.fail("has no rules", "write a list, as docs/gates.md has one");
}

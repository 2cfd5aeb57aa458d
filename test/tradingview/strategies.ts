import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the strategies stand. */
export const folder = fileURLToPath(new URL("../../examples/tradingview", import.meta.url));

/** Their names, which are those of their lists. */
export const written: readonly string[] = readdirSync(folder)
  .filter((each) => each.endsWith(".bf"))
  .map((each) => each.slice(0, -".bf".length));

export const sourceOf = (name: string): { name: string; text: string } => ({
  name: `${name}.bf`,
  text: readFileSync(`${folder}/${name}.bf`, "utf8"),
});

/** What a run is told, for all of them and by name. */
export const settings = JSON.parse(readFileSync(`${folder}/settings.json`, "utf8")) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

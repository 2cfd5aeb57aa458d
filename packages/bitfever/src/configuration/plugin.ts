import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { BitFeverError } from "@bitfever/lang";
import type { Indicator } from "@bitfever/engine";
import type { Gate } from "@bitfever/runtime";
import type { FeedKind } from "../feeds/feed-kind.js";
import type { ServiceKind } from "../services/service.js";
import type { VenueKind } from "../venues/venue-kind.js";

/**
 * What an npm package exports as `default` to be named under `plugins`; of each as many as there are.
 *
 * @example
 * export default {
 *   services: [{ name: "horn", summary: "Blows a horn at each fill.", schema, make }],
 * } satisfies Plugin;
 */
export interface Plugin {
  readonly venues?: readonly VenueKind[];
  readonly feeds?: readonly FeedKind[];
  readonly services?: readonly ServiceKind[];
  /** From `defineEntryGate` or `defineAccountGate`. */
  readonly gates?: readonly Gate[];
  /** From `defineIndicator`. */
  readonly indicators?: readonly Indicator[];
}

/** A plug-in with what it is called. */
export interface LoadedPlugin {
  readonly name: string;
  readonly version: string;
  readonly plugin: Plugin;
}

/** What each thing of a list must have, so that it can be used. */
const parts: Readonly<Record<keyof Plugin, readonly string[]>> = {
  venues: ["name", "capabilities", "schema", "open"],
  feeds: ["name", "schema", "open"],
  services: ["name", "schema", "make"],
  gates: ["name", "code", "read"],
  indicators: ["name", "advance", "fields"],
};

/**
 * Loads a plug-in as a file in a folder would: from the `node_modules` there, or above.
 *
 * @throws BitFeverError BF5203 for a package that is not installed or cannot be loaded, BF5204 for one that is no plug-in
 */
export function loadPlugin(name: string, folder: string): LoadedPlugin {
  const require = createRequire(join(folder, "configuration.yaml"));
  const found = packageOf(name, require);
  if (found === null)
    throw new BitFeverError("BF5203", `the package ${name} is not installed for ${folder}`, {
      hint: `npm install ${name} in the folder of the configuration`,
    });
  let loaded: unknown;
  try {
    loaded = require(found.entry ?? name);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new BitFeverError("BF5203", `the package ${name} cannot be loaded: ${text}`, {
      cause,
      hint: "a plug-in is a module of ESM or CommonJS that waits for nothing while it is loaded",
    });
  }
  return { name, version: found.version, plugin: checked(name, defaultOf(loaded)) };
}

interface FoundPackage {
  readonly version: string;
  /** Where `require` itself would not find it: a package for `import` alone. */
  readonly entry: string | undefined;
}

function packageOf(name: string, require: NodeJS.Require): FoundPackage | null {
  for (const folder of require.resolve.paths(name) ?? []) {
    const file = join(folder, name, "package.json");
    if (!existsSync(file)) continue;
    const { version = "0.0.0", exports: given } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly version?: string;
      readonly exports?: unknown;
    };
    const entry = importedOf(given);
    return { version, entry: entry === undefined ? undefined : join(folder, name, entry) };
  }
  return null;
}

/** The file behind `import` of a root that has no other; undefined where there is one for `require`, too. */
function importedOf(given: unknown): string | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const exports = given as Readonly<Record<string, unknown>>;
  const root = "." in exports ? exports["."] : exports;
  if (typeof root !== "object" || root === null) return undefined;
  const conditions = root as Readonly<Record<string, unknown>>;
  if (["require", "node", "default", "module-sync"].some((each) => each in conditions)) return undefined;
  const { import: imported } = conditions;
  if (typeof imported === "string") return imported;
  const nested = (imported as Readonly<Record<string, unknown>> | undefined)?.["default"];
  return typeof nested === "string" ? nested : undefined;
}

/** Of a module of ESM that was required, and of CommonJS that was written as one. */
function defaultOf(loaded: unknown): unknown {
  const { default: given } = (loaded ?? {}) as { readonly default?: unknown };
  return given ?? loaded;
}

function checked(name: string, given: unknown): Plugin {
  const wrong = (what: string): BitFeverError =>
    new BitFeverError("BF5204", `the package ${name} is no plug-in: ${what}`, {
      hint: `its default export has lists: ${Object.keys(parts).join(", ")}`,
    });
  if (typeof given !== "object" || given === null) throw wrong("its default export is no object");
  const lists = Object.entries(given);
  if (lists.length === 0) throw wrong("its default export is empty");
  for (const [kind, list] of lists) {
    if (!Object.hasOwn(parts, kind)) throw wrong(`\`${kind}\` is nothing that a plug-in has`);
    if (!Array.isArray(list)) throw wrong(`\`${kind}\` is no list`);
    for (const [i, each] of (list as unknown[]).entries()) {
      const missing = parts[kind as keyof Plugin].find(
        (part) => (each as Readonly<Record<string, unknown>> | null)?.[part] === undefined,
      );
      if (missing !== undefined) throw wrong(`\`${kind}[${i + 1}]\` has no \`${missing}\``);
    }
  }
  return given;
}

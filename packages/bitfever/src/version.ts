import { readFileSync } from "node:fs";

/**
 * As in the package that is installed.
 *
 * @example
 * console.log(`BitFever ${version}`);
 */
export const version: string = readVersion();

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}

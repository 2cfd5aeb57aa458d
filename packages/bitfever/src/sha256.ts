import { createHash } from "node:crypto";

/** The SHA-256 of parts one behind the other, in hex; the build for browsers puts `browser/sha256.ts` in its place. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

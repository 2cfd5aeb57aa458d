import { sha256 as hasher } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** As `../sha256.ts` does it: a page has a hash of its own that only answers later, and only over HTTPS. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = hasher.create();
  for (const part of parts) hash.update(typeof part === "string" ? utf8ToBytes(part) : part);
  return bytesToHex(hash.digest());
}

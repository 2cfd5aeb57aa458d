import { fileURLToPath } from "node:url";
import { browser } from "../../tsup.base.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `bitfever/browser`, as it is published and as the tests put it into a page. */
export const browserBuild = browser(
  { browser: here("src/browser/index.ts") },
  { "sha256\\.js": here("src/browser/sha256.ts") },
);

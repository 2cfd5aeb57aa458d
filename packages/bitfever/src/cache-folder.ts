import { homedir } from "node:os";
import { join } from "node:path";
import { env, platform } from "node:process";

/** Where programs keep for this user what is costly to make; null where they are asked to keep nothing, as newer Nodes are. */
export function cacheFolder(): string | null {
  const off = env["NODE_DISABLE_COMPILE_CACHE"] ?? "";
  if (off !== "" && off !== "0") return null;
  const home = homedir();
  const base =
    platform === "win32"
      ? (env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"))
      : (env["XDG_CACHE_HOME"] ?? join(home, platform === "darwin" ? "Library/Caches" : ".cache"));
  return join(base, "bitfever");
}

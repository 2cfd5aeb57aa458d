import { homedir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";

/** Where lines are kept that were typed: `BF_HISTORY` names another file, and empty none. */
export function historyFile(): string | null {
  const given = env["BF_HISTORY"];
  if (given !== undefined) return given === "" ? null : given;
  return join(homedir(), ".bitfever_history");
}

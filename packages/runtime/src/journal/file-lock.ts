import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { kill, pid } from "node:process";
import { BitFeverError } from "@bitfever/lang";

/** Who holds a journal, as the lock file has it. */
interface Holder {
  readonly process: number;
  readonly host: string;
  /** When it began, as its machine counts; a number of a process is given again, this is not. Empty where nobody tells. */
  readonly since: string;
}

/**
 * Keeps other processes out of a folder until the function that it gives is called. The lock of a process that is dead is taken
 * over; one of another machine is not, since nobody here knows whether that process lives.
 *
 * @throws BitFeverError BF5161 where somebody has it
 */
export function takeLock(folder: string): () => void {
  const lock = join(folder, "lock");
  const own = `${lock}.${pid}`;
  const text = `${JSON.stringify({ process: pid, host: hostname(), since: beginningOf(pid) } satisfies Holder)}\n`;
  writeFileSync(own, text);
  try {
    // A link is there with all that is in it, or not at all.
    while (!linked(own, lock)) {
      const found = textIn(lock);
      if (found === undefined) continue;
      const holder = holderOf(found);
      if (holder !== undefined && mayLive(holder)) throw held(folder, lock, holder);
      // Of several that take it over one moves it. Should that be a new one already, it goes back.
      const moved = `${lock}.of-the-dead.${pid}`;
      if (!renamed(lock, moved)) continue;
      if (textIn(moved) !== found) linked(moved, lock);
      rmSync(moved);
    }
  } finally {
    rmSync(own);
  }
  return () => {
    if (textIn(lock) === text) rmSync(lock);
  };
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}

function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw cause;
  }
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
}

/** Undefined for what no lock says: a machine that lost its power may have left the name alone. */
function holderOf(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function mayLive({ process: holder, host, since }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    kill(holder, 0);
  } catch (cause) {
    // EPERM is the answer of one that lives and is somebody else's.
    if ((cause as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return beginningOf(holder) === since;
}

/** When a process began, in ticks since its machine did: the 22nd word of its line, counted behind its name. */
function beginningOf(process: number): string {
  try {
    const line = readFileSync(`/proc/${process}/stat`, "latin1");
    return line.slice(line.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function held(folder: string, lock: string, { process: holder, host }: Holder): BitFeverError {
  const isHere = host === hostname();
  const who = isHere ? `process ${holder}` : `process ${holder} on ${host}`;
  return new BitFeverError("BF5161", `the journal ${folder} is in use by ${who}`, {
    hint: isHere
      ? "stop that process, or give another folder"
      : `stop that process, or give another folder; where you know that it is gone, remove ${lock}`,
  });
}

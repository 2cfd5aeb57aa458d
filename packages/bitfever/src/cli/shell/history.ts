import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const mostLines = 500;

/** The lines that were typed before, oldest first, in a file that its owner alone may read. */
export class History {
  private lines: readonly string[];

  /** @param path  null keeps nothing beyond the process */
  constructor(private readonly path: string | null) {
    this.lines = path === null ? [] : linesIn(path);
  }

  get all(): readonly string[] {
    return this.lines;
  }

  /** A token is nobody's to find later. Where the file cannot be written, the lines are there until the end of the process. */
  add(line: string): void {
    if (/^\s*(confirm|yes)\b/i.test(line) || line === this.lines.at(-1)) return;
    this.lines = [...this.lines, line].slice(-mostLines);
    if (this.path === null) return;
    try {
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      writeFileSync(this.path, `${this.lines.join("\n")}\n`, { mode: 0o600 });
      // One that was there before may have been open to others.
      chmodSync(this.path, 0o600);
    } catch {
      // Nobody is kept from trading by it.
    }
  }
}

function linesIn(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8")
      .split("\n")
      .filter((each) => each !== "")
      .slice(-mostLines);
  } catch {
    return [];
  }
}

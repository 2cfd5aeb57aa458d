import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A program in C that runs in a process of its own and answers lines with lines. */
export interface CProgram {
  readonly compiler: string;
  ask(request: string): Promise<string>;
  /** Asks the program to write into a file, which is then read. */
  readonly results: string;
  close(): void;
}

/**
 * Compiles a file of `c/` into a folder of its own and starts it over columns; `null` where there is no `gcc`.
 *
 * @param flags    for the compiler
 * @param columns  written to a file one after the other, whose name is the first argument; the others follow
 */
export function startCProgram(
  name: string,
  flags: readonly string[],
  columns: readonly Float64Array[],
  ...others: readonly number[]
): CProgram | null {
  let compiler: string;
  try {
    compiler = execFileSync("gcc", ["--version"], { encoding: "utf8" }).split("\n")[0];
  } catch {
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const [program, data, results] = [name, "columns", "results"].map((each) => join(folder, each));
  const source = fileURLToPath(new URL(`../c/${name}.c`, import.meta.url));
  execFileSync("gcc", [...flags, "-o", program, source, "-lm"]);
  writeFileSync(
    data,
    Buffer.concat(columns.map((each) => new Uint8Array(each.buffer, each.byteOffset, each.byteLength))),
  );
  const child = spawn(program, [data, ...others.map(String)], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    compiler: `${compiler}, ${flags.join(" ")}`,
    results,
    async ask(request) {
      child.stdin.write(`${request}\n`);
      const { value, done } = await answers.next();
      if (done === true) throw new Error(`${name}.c does not know \`${request}\``);
      return value;
    },
    close() {
      child.stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}

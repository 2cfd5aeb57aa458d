import { isAscii } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { createRequire, wrap } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { arch, argv, env, platform, version } from "node:process";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";
import { keepFile, keptFile } from "./kept-file.js";

/**
 * A CommonJS file as `require` gives it, with what V8 has compiled of it kept in the user's cache folder: for Nodes that do not do
 * so themselves. The file must not `import()`, which Node 20 cannot do in compiled code that was kept.
 *
 * What is kept belongs to one file, one Node and one command, and is checked before it is used; where it cannot be read or written,
 * all is compiled as ever. `NODE_DISABLE_COMPILE_CACHE=1` keeps nothing, as it does on newer Nodes.
 */
export function requireCompiled(file: string, program: string): unknown {
  const source = wrapped(file);
  const kept = isOff() ? null : join(cacheFolder(), keptNameOf(source, program));
  const cachedData = kept === null ? undefined : keptFile(kept);
  // Latin letters are a byte each as they are, which spares V8 to look at every one of two millions.
  const text = source.toString(isAscii(source) ? "latin1" : "utf8");
  const script = new Script(text, { filename: file, ...(cachedData && { cachedData }) });
  if (kept !== null && (cachedData === undefined || script.cachedDataRejected === true))
    process.once("exit", (code) => {
      // A command that was misspelt, or has failed, has not shown what it needs.
      if (code === 0) keepFile(kept, script.createCachedData());
    });
  const made = { exports: {} };
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run.call(made.exports, made.exports, createRequire(file), made, file, dirname(file));
  return made.exports;
}

/** A file as the body of a function, read in one piece: of several, V8 would copy two millions of letters together. */
function wrapped(file: string): Buffer {
  const [head, tail] = wrap("\0").split("\0");
  const opened = openSync(file, "r");
  try {
    const { size } = fstatSync(opened);
    const whole = Buffer.alloc(head.length + size + tail.length);
    whole.write(head);
    readSync(opened, whole, head.length, size, 0);
    whole.write(tail, head.length + size);
    return whole;
  } finally {
    closeSync(opened);
  }
}

function isOff(): boolean {
  const off = env["NODE_DISABLE_COMPILE_CACHE"] ?? "";
  return off !== "" && off !== "0";
}

/** V8 looks at no more of a source than its length, so the name says which it is of. Each command compiles other functions. */
function keptNameOf(source: Buffer, program: string): string {
  const [, , first = ""] = argv;
  const command = /^[a-z]{1,16}$/.test(first) && !argv.includes("--help") ? first : "help";
  return `${[program, command, crc32(source).toString(16), version, arch].join("-")}.bin`;
}

function cacheFolder(): string {
  const home = homedir();
  const base =
    platform === "win32"
      ? (env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"))
      : (env["XDG_CACHE_HOME"] ?? join(home, platform === "darwin" ? "Library/Caches" : ".cache"));
  return join(base, "bitfever", "compiled");
}

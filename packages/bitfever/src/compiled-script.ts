import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { createRequire, wrap } from "node:module";
import { dirname, join } from "node:path";
import { arch, argv, version } from "node:process";
import { Script } from "node:vm";
import { cacheFolder } from "./cache-folder.js";
import { identityOf } from "./file-identity.js";
import { keepFile, keptFile } from "./kept-file.js";

/** Of two megabytes each. */
const mostKept = 8;

/**
 * A CommonJS file as `require` gives it, with what V8 has compiled of it kept in the user's cache folder: for Nodes that do not do
 * so themselves. The file must not `import()`, which Node 20 cannot do in compiled code that was kept, and is in ASCII,
 * as the build writes it: then it takes nobody to look at each of two million letters.
 *
 * What is kept belongs to one file, one Node and one command, and is checked before it is used; where it cannot be read or written,
 * all is compiled as ever. `NODE_DISABLE_COMPILE_CACHE=1` keeps nothing, as it does on newer Nodes.
 */
export function requireCompiled(file: string, program: string): unknown {
  const { text, identity, room } = wrapped(file);
  const folder = cacheFolder();
  const kept = folder === null ? null : join(folder, "compiled", keptNameOf(identity, program));
  const cachedData = kept === null ? undefined : keptFile(kept, room);
  const script = new Script(text, { filename: file, ...(cachedData && { cachedData }) });
  if (kept !== null && (cachedData === undefined || script.cachedDataRejected === true))
    process.once("exit", (code) => {
      // A command that was misspelt, or has failed, has not shown what it needs.
      if (code === 0) keepFile(kept, script.createCachedData(), mostKept);
    });
  const made = { exports: {} };
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run.call(made.exports, made.exports, createRequire(file), made, file, dirname(file));
  return made.exports;
}

/**
 * A file as the body of a function, read in one piece: of several, V8 would copy two millions of letters together. The room in which it
 * was read is free, and has some more, as memory that nobody touches costs nothing.
 */
function wrapped(file: string): { readonly text: string; readonly identity: string; readonly room: Buffer } {
  const [head, tail] = wrap("\0").split("\0");
  const opened = openSync(file, "r");
  try {
    const stats = fstatSync(opened);
    const { size } = stats;
    const length = head.length + size + tail.length;
    const room = Buffer.alloc(2 * length);
    room.write(head);
    readSync(opened, room, head.length, size, 0);
    room.write(tail, head.length + size);
    return { text: room.toString("latin1", 0, length), identity: identityOf(stats), room };
  } finally {
    closeSync(opened);
  }
}

/** V8 looks at no more of a source than its length, so the name says which file it is of. Each command compiles other functions. */
function keptNameOf(identity: string, program: string): string {
  const [, , first = ""] = argv;
  const command = /^[a-z]{1,16}$/.test(first) && !argv.includes("--help") ? first : "help";
  return `${[program, command, identity, version, arch].join("-")}.bin`;
}

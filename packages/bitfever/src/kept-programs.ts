import { statSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Compilation, Source } from "@bitfever/lang";
import { cacheFolder } from "./cache-folder.js";
import { identityOf } from "./file-identity.js";
import { keepFile, keptFile } from "./kept-file.js";

/** What was compiled at an earlier start. */
export interface KeptPrograms {
  /** Undefined where the text is new. */
  readonly find: (source: Source) => Compilation | undefined;
  readonly keep: (source: Source, compilation: Compilation) => void;
}

/** As JSON: a program is plain data. */
interface Kept extends Source {
  readonly compilation: Compilation;
}

/** Of a few kilobytes each. */
const mostKept = 64;

/**
 * Those of one build of the program in a file: lexer, parser and checks are there for texts that are new alone. Undefined where
 * nothing is to be kept.
 */
export function keptPrograms(programFile: string): KeptPrograms | undefined {
  const folder = cacheFolder();
  if (folder === null) return undefined;
  const build = identityOf(statSync(programFile));
  const fileOf = ({ name, text }: Source): string =>
    join(folder, "programs", `${build}-${crc32(text, crc32(name)).toString(36)}.json`);
  return {
    find: (source) => {
      const content = keptFile(fileOf(source));
      if (content === undefined) return undefined;
      const { name, text, compilation } = JSON.parse(content.toString()) as Kept;
      return name === source.name && text === source.text ? compilation : undefined;
    },
    keep: (source, compilation) => {
      const { name, text } = source;
      keepFile(
        fileOf(source),
        Buffer.from(JSON.stringify({ name, text, compilation } satisfies Kept)),
        mostKept,
      );
    },
  };
}

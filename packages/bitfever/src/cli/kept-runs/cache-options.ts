import { Option, type Command } from "commander";

/** Where results are kept, as a command is told. */
export interface CacheFlags {
  /** A folder; false where none is wanted, whatever the environment says. */
  readonly cache?: string | false;
}

/** The options of a command that takes what it made before. */
export const addCacheOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "--cache <folder>",
        "keep results there, and take them from there while nothing they rest on has changed",
      ).env("BITFEVER_CACHE"),
    )
    .option("--no-cache", "run it in any case, and keep nothing");

export const cacheFolderOf = ({ cache }: CacheFlags): string | null =>
  cache === undefined || cache === false || cache === "" ? null : cache;

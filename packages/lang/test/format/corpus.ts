import { readdirSync, readFileSync } from "node:fs";
import { messages } from "../../src/messages.js";
import { families } from "../diagnostics/cases.js";
import { examples } from "../examples.js";
import { strategy } from "../helpers.js";
import { everything, members, otherwise } from "./everything.js";

/*
 * Programs to format: those of the repository, those of the documents, the right programs of every message, and those
 * of the diagnostics that can be parsed in spite of their mistake.
 */

const root = new URL("../../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const filesOf = (folder: string): string[] =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".bf"))
    .map((path) => read(`${folder}${path}`));

/** The code blocks of a page; most are declarations of a strategy without the strategy. */
const blocksOf = (page: string): string[] =>
  [...read(page).matchAll(/```bf[^\n]*\n(.*?)```/gs)].map(([, text]) =>
    /^\s*(?:\/\/[^\n]*\s+|edition \d+\s+)*(?:strategy|import|pub|fn|type|enum)\b/.test(text)
      ? text
      : strategy(text),
  );

export const corpus: readonly string[] = [
  everything,
  otherwise,
  members,
  ...examples,
  ...["examples/", "packages/lang/prelude/", "packages/lang/std/"].flatMap(filesOf),
  ...["docs/language.md", "README.md"].flatMap(blocksOf),
  ...Object.values(messages).flatMap(({ right, wrong }) => [right, wrong]),
  ...Object.values(families).flat(),
];

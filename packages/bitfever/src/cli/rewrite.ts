import { realpath } from "node:fs/promises";
import { BitFeverError, type Source } from "@bitfever/lang";
import { writeWhole } from "../files.js";

/** Puts another text in the place of what was read: whole or not at all, and behind a link, not instead of it. */
export async function rewrite({ name, text }: Source, changed: string): Promise<void> {
  // What stands here in the place of unreadable bytes would be written over them.
  if (text.includes("\uFFFD"))
    throw new BitFeverError("BF5054", `${name} is not written: it is not all UTF-8`, {
      hint: "save it as UTF-8 first",
    });
  await writeWhole(await realpath(name), changed);
}

import { paintOf, type Io } from "../io.js";
import { keyOfRun, type RunIngredients } from "./run-key.js";
import { runStore } from "./run-store.js";

/**
 * A run as it was kept, or made and kept; without a folder only made. What was said on stderr while it was made is said again, so that nobody
 * can tell one from the other but by the line that says so.
 */
export async function keptOrMade<Made extends object>(
  io: Io,
  folder: string | null,
  ingredients: RunIngredients,
  make: (io: Io) => Promise<Made>,
): Promise<Made> {
  if (folder === null) return make(io);
  const { faint, warning } = paintOf(io);
  const key = await keyOfRun(ingredients);
  const store = runStore<Made & { readonly notes: readonly string[] }>(folder);
  const found = await store.find(key);
  if (found !== null && found !== "damaged") {
    for (const each of found.notes) io.err(each);
    io.err(`${faint(`nothing has changed: the result ${key.slice(0, 12)} is from ${folder}`)}\n`);
    return found;
  }
  if (found === "damaged")
    io.err(`${warning(`the result ${key.slice(0, 12)} in ${folder} is damaged`)}: it is made anew\n`);
  const notes: string[] = [];
  const err = (text: string): void => {
    notes.push(text);
    io.err(text);
  };
  const made = await make({ ...io, err });
  await store.keep(key, { ...made, notes });
  return made;
}

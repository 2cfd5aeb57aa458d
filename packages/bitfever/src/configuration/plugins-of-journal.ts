import { fileStore, readJournal } from "@bitfever/runtime";
import { keptSetup } from "../trading/kept-setup.js";
import type { OwnParts } from "../trading/own-parts.js";

/**
 * What the plug-ins bring that a journal was made with.
 *
 * @param folder  from where they are looked for
 * @throws BitFeverError BF5203 or BF5204 for one that is not there, and as `readAccount` does for the journal
 */
export async function ownPartsOfJournal(journal: string, folder: string): Promise<OwnParts> {
  const store = fileStore(journal);
  const reader = readJournal(store);
  try {
    const { plugins = [] } = keptSetup(reader, store.place);
    if (plugins.length === 0) return {};
    const { loadPlugin } = await import("./plugin.js");
    const { ownPartsOf } = await import("./kinds.js");
    return ownPartsOf(plugins.map(({ name }) => loadPlugin(name, folder)));
  } finally {
    reader.close();
  }
}

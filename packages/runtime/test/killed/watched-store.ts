import type { JournalStore } from "../../src/journal/store.js";

/**
 * A store that tells of every place at which a process may end, and of what will outlive the machine.
 *
 * @param place  with what can be done by half when it is the last
 * @param synced  a file, and how much of it
 */
export function watchedStore(
  store: JournalStore,
  place: (half?: () => void) => void,
  synced: (name: string, size: number) => void,
): JournalStore {
  return {
    ...store,
    append: (name, bytes) => {
      place(() => {
        store.append(name, bytes.subarray(0, bytes.length >> 1));
      });
      store.append(name, bytes);
      place();
    },
    sync: (name) => {
      place();
      store.sync(name);
      synced(name, store.size(name));
      place();
    },
    writeWhole: (name, bytes) => {
      place(() => {
        store.append(`${name}.part`, bytes.subarray(0, bytes.length >> 1));
      });
      store.writeWhole(name, bytes);
      synced(name, bytes.length);
      place();
    },
    truncate: (name, length) => {
      place();
      store.truncate(name, length);
      synced(name, length);
      place();
    },
    remove: (name) => {
      place();
      store.remove(name);
      place();
    },
  };
}

import type { JournalDamage } from "./damage.js";
import { examined, type Examined } from "./examined.js";
import { headerLine } from "./header.js";
import { segmentFiles } from "./names.js";
import type { JournalStore } from "./store.js";
import type { Survey } from "./survey.js";

/** A journal that can be gone on with. */
export interface Standing extends Examined {
  readonly damage: JournalDamage | undefined;
}

/** A new journal: its header alone. */
export function begun(store: JournalStore, id: string): void {
  store.writeWhole(segmentFiles.name(1), headerLine(id, 0, 0).line);
}

/**
 * Makes a journal good again: what cannot be read any more is kept beside.
 *
 * @param id  of a journal whose first line was never finished
 * @throws BitFeverError as `examined` does
 */
export function recovered(store: JournalStore, id: string | undefined): Standing {
  const found = examined(store, id);
  const damage = found.damage && cutOff(store, found.damage);
  for (const { snapshot } of found.passedOver) putAside(store, snapshot);
  if (found.segments.length === 0) {
    begun(store, found.id);
    return { ...examined(store), damage, passedOver: found.passedOver };
  }
  // A process that was killed may have left it in the memory of the machine alone.
  store.sync(found.segments[found.segments.length - 1].name);
  return { ...found, damage };
}

/**
 * Cuts off what lies behind the damage, once it is kept beside. Whenever this is interrupted, the damage is still there to be found
 * again.
 */
function cutOff(store: JournalStore, damage: NonNullable<Survey["damage"]>): JournalDamage {
  const names = segmentFiles.numbersIn(store.list()).map((each) => segmentFiles.name(each));
  const at = names.indexOf(damage.segment);
  const later = names.slice(damage.byte === 0 ? at : at + 1);
  const keptIn = names
    .slice(at)
    .flatMap((name) => keepBeside(store, name, name === damage.segment ? damage.byte : 0) ?? []);
  for (const name of later.reverse()) store.remove(name);
  if (damage.byte > 0) store.truncate(damage.segment, damage.byte);
  return { ...damage, keptIn };
}

/** Puts the whole of a file aside under another name. */
function putAside(store: JournalStore, name: string): void {
  keepBeside(store, name, 0);
  store.remove(name);
}

/** @returns the name under which the bytes from there on are kept; undefined where there are none */
function keepBeside(store: JournalStore, name: string, from: number): string | undefined {
  const bytes = store.read(name, from, store.size(name) - from);
  if (bytes.length === 0) return undefined;
  const names = new Set(store.list());
  let kept = `${name}.damaged`;
  for (let i = 2; names.has(kept); i++) {
    // As an attempt that was interrupted left it.
    const is = store.read(kept, 0, store.size(kept));
    if (Buffer.compare(is, bytes) === 0) return kept;
    kept = `${name}.damaged-${i}`;
  }
  store.writeWhole(kept, bytes);
  return kept;
}

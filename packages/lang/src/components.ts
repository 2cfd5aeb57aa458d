/**
 * Groups of things that need one another, each after those it needs (Tarjan 1972). Walks without recursion, so that a
 * long chain is no deeper than a short one.
 */
export function components<Thing>(all: readonly Thing[], needs: (of: Thing) => readonly Thing[]): Thing[][] {
  const found: Thing[][] = [];
  /** When each was first met. */
  const met = new Map<Thing, number>();
  /** The first met that can be come back to. */
  const lowest = new Map<Thing, number>();
  const low = (of: Thing): number => lowest.get(of) ?? Infinity;
  const reach = (of: Thing, place: number): void => void lowest.set(of, Math.min(low(of), place));
  const open: Thing[] = [];
  const isOpen = new Set<Thing>();

  for (const root of all) {
    if (met.has(root)) continue;
    // Mostly things already stand behind what they need.
    if (needs(root).every((each) => met.has(each))) {
      met.set(root, met.size);
      found.push([root]);
      continue;
    }
    const path: { readonly at: Thing; readonly rest: Thing[] }[] = [];
    const visit = (at: Thing): void => {
      reach(at, met.size);
      met.set(at, met.size);
      open.push(at);
      isOpen.add(at);
      path.push({ at, rest: [...needs(at)].reverse() });
    };
    visit(root);
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const { at } = last;
      const next = last.rest.pop();
      if (next !== undefined) {
        const place = met.get(next);
        if (place === undefined) visit(next);
        else if (isOpen.has(next)) reach(at, place);
        continue;
      }
      path.pop();
      const before = path.at(-1);
      if (before !== undefined) reach(before.at, low(at));
      if (low(at) !== met.get(at)) continue;
      const group = open.splice(open.lastIndexOf(at));
      for (const each of group) isOpen.delete(each);
      found.push(group);
    }
  }
  return found;
}

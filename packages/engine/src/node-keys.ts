import type { ColumnId, Plan } from "@bitfever/lang";

/**
 * A name for what each node of a plan computes, whatever plan it stands in: over the same bars equal names have equal
 * columns. Null for what reads the account, other clocks or its own past, or compares members.
 */
export function nodeKeys(plan: Plan): readonly (string | null)[] {
  let found = (plan as Named)[known];
  if (found === undefined) Object.defineProperty(plan, known, { value: (found = keysOf(plan)) });
  return found;
}

/** At the plan, which is asked several times; not enumerable, so that a plan made of another has none. Why no weak map: `once.ts`. */
const known = Symbol("names of its nodes");

type Named = Plan & { [known]?: readonly (string | null)[] };

function keysOf({ nodes }: Plan): readonly (string | null)[] {
  const ofColumn = new Map<ColumnId, string>();
  return nodes.map((node) => {
    const key =
      node.clock === 0 && node.loop === null && node.phase === "column" ? keyOf(node, ofColumn) : null;
    if (key !== null) for (const [k, column] of node.columns.entries()) ofColumn.set(column, `${key}.${k}`);
    return key;
  });
}

function keyOf(node: Plan["nodes"][number], ofColumn: ReadonlyMap<ColumnId, string>): string | null {
  switch (node.kind) {
    case "field":
      return node.field;
    case "calendar":
    case "instrument":
      return `${node.kind} ${node.value}`;
    case "constant":
      return String(node.value);
    case "kernel": {
      const inputs = node.inputs.map((each) => ofColumn.get(each));
      return inputs.includes(undefined)
        ? null
        : `${node.kernel}(${[...node.parameters, ...inputs].join(", ")})`;
    }
    default:
      return null;
  }
}

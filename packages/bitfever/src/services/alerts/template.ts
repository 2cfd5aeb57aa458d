/** Names in braces; a brace that is none is written twice. */
const parts = /\{\{|\}\}|\{([^{}]*)\}/g;

/** The names that a template uses and nobody knows, in their order. */
export const unknownNames = (template: string, known: readonly string[]): readonly string[] => [
  ...new Set(
    [...template.matchAll(parts)].flatMap(([, name]) =>
      name === undefined || known.includes(name) ? [] : [name],
    ),
  ),
];

/**
 * A template with its names replaced by their values.
 *
 * @example
 * fillIn("{side} {quantity} at {price}", { side: "bought", quantity: "3", price: "10" }); // "bought 3 at 10"
 */
export const fillIn = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(parts, (whole, name: string | undefined) =>
    name === undefined ? whole.slice(1) : Object.hasOwn(values, name) ? values[name] : whole,
  );

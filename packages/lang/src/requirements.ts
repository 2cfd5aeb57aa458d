import type { Catalogue } from "./catalogue.js";
import { namesIn, type Program } from "./program.js";
import { staticLets, staticValue, type ParameterValues } from "./static.js";

/**
 * Whether values of all parameters of a program go together: every `require` holds. What does not depend on the
 * values is worked out once, because a search asks for millions of them.
 */
export function requirementsOf(
  { requirements, lets }: Pick<Program, "requirements" | "lets">,
  catalogue: Catalogue,
): (values: ParameterValues) => boolean {
  const wanted = new Set(requirements.flatMap(({ condition }) => [...namesIn(condition).lets]));
  // Each `let` needs only those before it.
  for (const { name, value } of [...lets].reverse())
    if (wanted.has(name)) for (const each of namesIn(value).lets) wanted.add(each);
  const read = lets.filter(({ name }) => wanted.has(name));
  return (values) => {
    const known = { values, lets: staticLets(read, values, catalogue), catalogue };
    return requirements.every(({ condition }) => staticValue(condition, known) === 1);
  };
}

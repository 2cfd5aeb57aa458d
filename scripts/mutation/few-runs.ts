import fc from "fast-check";

/** Of a generated law, as many cases as mostly show that it is broken, and no search for a smaller one. */
const most = 40;

const few = <Given extends { readonly numRuns?: number }>(
  given?: Given,
): Given & { readonly numRuns: number } =>
  ({ ...given, numRuns: Math.min(most, given?.numRuns ?? most), endOnFailure: true }) as never;

/** Asked as fast-check is, so that its many signatures need not be said again. */
const assert = (property: never, given?: { readonly numRuns?: number }): unknown => {
  const outcome: unknown = fc.assert(property, few(given));
  return outcome;
};
const sample = (arbitrary: never, given?: { readonly numRuns?: number }): unknown[] =>
  fc.sample(arbitrary, few(given));

// eslint-disable-next-line no-restricted-exports -- it stands in for a package that has one.
export default { ...fc, assert, sample };

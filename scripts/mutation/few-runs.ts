import fc from "fast-check";

/** Of a generated law, as many cases as mostly show that it is broken, and no search for a smaller one. */
const most = 40;

const assert: typeof fc.assert = (property, given) =>
  fc.assert(property, { ...given, numRuns: Math.min(most, given?.numRuns ?? most), endOnFailure: true });

// eslint-disable-next-line no-restricted-exports -- it stands in for a package that has one.
export default { ...fc, assert };

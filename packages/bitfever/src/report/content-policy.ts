// The browser is told to load nothing, so that a hole in this file could not leak what a report holds.
export const contentPolicy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** What commander answers with the version. */
export const versionFlags: readonly string[] = ["-V", "--version"];

/** What went wrong, in words; anything can be thrown. */
export const textOfError = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

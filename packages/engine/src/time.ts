/** A time in ISO-8601 UTC, to the second where that is all there is: `2024-10-19T21:00:00Z`. */
export const isoTime = (timeMs: number): string => new Date(timeMs).toISOString().replace(".000Z", "Z");

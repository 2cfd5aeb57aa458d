/** So long threads and memory wait for the next search; they do not keep the process alive. */
export const keptWarmMs = 60_000;

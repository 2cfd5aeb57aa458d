/** Whether bars of an interval are those that somebody means; 0 is any, on either side. */
export const isOfInterval = (
  { intervalMs }: { readonly intervalMs: number },
  meant: { readonly intervalMs: number },
): boolean => meant.intervalMs === 0 || intervalMs === 0 || intervalMs === meant.intervalMs;

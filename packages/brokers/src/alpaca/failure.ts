/** What Alpaca, or something in front of it, says no with. */
export class AlpacaFailure extends Error {
  constructor(
    readonly status: number,
    /** Null where it was not Alpaca itself that answered. */
    readonly code: number | null,
    text: string,
  ) {
    super(text);
    this.name = "AlpacaFailure";
  }
}

/** `refused`, it was not done and will not be; `not_now`, it was not done and may come again; `unsure`, it may have been done. */
export type Failure = "refused" | "not_now" | "unsure";

/** How sure it is that nothing was done: in doubt, an order may live. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof AlpacaFailure)) return "unsure";
  if (error.status === 429) return "not_now";
  // A gateway knows nothing of what became of a request behind it.
  return error.code !== null && error.status < 500 ? "refused" : "unsure";
}

export const isNotFound = (error: unknown): boolean =>
  error instanceof AlpacaFailure && error.status === 404 && error.code !== null;

export const isDoubled = (error: unknown): boolean =>
  error instanceof AlpacaFailure && /client_order_id must be unique/i.test(error.message);

/** Other orders bind the shares that it would sell, or there are too few. */
export const isBound = (error: unknown): boolean =>
  error instanceof AlpacaFailure && /insufficient qty available/i.test(error.message);

export function textOfError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What `fetch` says of a broken connection is in the cause.
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}

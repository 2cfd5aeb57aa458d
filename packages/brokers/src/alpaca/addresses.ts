/** Where Alpaca is asked, and where it tells. */
export interface Addresses {
  readonly trading: string;
  readonly data: string;
  readonly accountStream: string;
  readonly marketStream: string;
}

/** Whose trades the market data are of: those of one exchange, or of all, to which an account has to subscribe. */
export type ShareFeed = "iex" | "sip";

/** @param url  of a venue server that talks as Alpaca does, instead of it */
export function addressesOf(isPaper: boolean, feed: ShareFeed, url: string | undefined): Addresses {
  if (url !== undefined) {
    const stream = url.replace(/^http/, "ws");
    return {
      ...{ trading: url, data: url },
      ...{ accountStream: `${stream}/stream`, marketStream: `${stream}/v2/${feed}` },
    };
  }
  const host = isPaper ? "paper-api.alpaca.markets" : "api.alpaca.markets";
  return {
    ...{ trading: `https://${host}`, data: "https://data.alpaca.markets" },
    ...{ accountStream: `wss://${host}/stream`, marketStream: `wss://stream.data.alpaca.markets/v2/${feed}` },
  };
}

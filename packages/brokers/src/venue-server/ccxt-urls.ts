/** Where ccxt finds a venue server: what its exchange classes take as `urls`. */
export function ccxtUrls(
  exchange: "binance" | "bybit",
  url: string,
): { readonly api: Readonly<Record<string, unknown>> } {
  const stream = url.replace(/^http/, "ws");
  if (exchange === "bybit")
    return {
      api: {
        ...{ public: url, private: url },
        ws: {
          public: { spot: `${stream}/v5/public/spot`, linear: `${stream}/v5/public/linear` },
          private: { spot: { unified: `${stream}/v5/private` }, contract: `${stream}/v5/private` },
        },
      },
    };
  return {
    api: {
      ...{ public: `${url}/api/v3`, private: `${url}/api/v3`, sapi: `${url}/sapi/v1` },
      ...{ fapiPublic: `${url}/fapi/v1`, fapiPrivate: `${url}/fapi/v1` },
      ...{ fapiPrivateV2: `${url}/fapi/v2`, fapiPrivateV3: `${url}/fapi/v3` },
      ws: {
        // That it is spot, ccxt sees by the `/stream` in an address.
        ...{ spot: `${stream}/stream/ws`, future: `${stream}/fstream/ws` },
        "ws-api": { spot: `${stream}/ws-api/v3`, future: `${stream}/ws-fapi/v1` },
      },
    },
  };
}

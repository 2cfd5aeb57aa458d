import { createHmac } from "node:crypto";
import type { Keys } from "../wire/keys.js";
import { WireError, type WireRequest } from "../wire/protocol.js";

/** How far ahead of the exchange a client may be, in milliseconds. */
const mostAheadMs = 1_000;

const hmac = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text).digest("hex");

/** @throws WireError for a key, a signature or a time that is not right */
export function checkSigned(request: WireRequest, { apiKey, secret }: Keys, now: number): void {
  const header = (name: string): string => String(request.headers[`x-bapi-${name}`] ?? "");
  if (header("api-key") !== apiKey) throw new WireError(200, 10003, "API key is invalid.");
  const window = header("recv-window") || "5000";
  const text = request.method === "GET" ? request.queryText : request.body;
  if (header("sign") !== hmac(secret, `${header("timestamp")}${apiKey}${window}${text}`))
    throw new WireError(200, 10004, "Error sign, please check your signature generation algorithm.");
  const sent = Number(header("timestamp"));
  if (!(sent < now + mostAheadMs && sent >= now - Number(window)))
    throw new WireError(
      ...([200, 10002] as const),
      `invalid request, please check your server timestamp or recv_window param. req_timestamp[${sent}],server_timestamp[${now}],recv_window[${window}]`,
    );
}

/** Whether a stream may hear of the account. */
export function isAuthenticated(
  [key, expires, signature]: readonly unknown[],
  { apiKey, secret }: Keys,
  now: number,
): boolean {
  const isInTime = Number(expires) > now;
  return key === apiKey && isInTime && signature === hmac(secret, `GET/realtime${String(expires)}`);
}

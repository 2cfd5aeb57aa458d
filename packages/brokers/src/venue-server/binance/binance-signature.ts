import { createHmac } from "node:crypto";
import type { Keys } from "../wire/keys.js";
import { WireError, type WireRequest } from "../wire/protocol.js";

/** How far ahead of the exchange a client may be, in milliseconds. */
const mostAheadMs = 1_000;
const usualWindowMs = 5_000;

const hmac = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text).digest("hex");

/** @throws WireError for a key, a signature or a time that is not right */
export function checkSigned(request: WireRequest, { apiKey, secret }: Keys, now: number): void {
  checkKey(request, apiKey);
  const text = `${request.queryText}${request.body}`;
  const [signed, signature] = text.split(/&?signature=/);
  if (signature !== hmac(secret, signed))
    throw new WireError(400, -1022, "Signature for this request is not valid.");
  checkTime(request.fields, now);
}

/** @throws WireError for a key that is not right */
export function checkKey({ headers }: WireRequest, apiKey: string): void {
  if (headers["x-mbx-apikey"] !== apiKey)
    throw new WireError(401, -2015, "Invalid API-key, IP, or permissions for action.");
}

/** @throws WireError for what is not signed as a request over a stream is: its fields in the order of their names */
export function checkSignedFields(
  { signature, ...fields }: Readonly<Record<string, string | undefined>>,
  { apiKey, secret }: Keys,
  now: number,
): void {
  if (fields["apiKey"] !== apiKey)
    throw new WireError(401, -2015, "Invalid API-key, IP, or permissions for action.");
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${String(fields[name])}`)
    .join("&");
  if (signature !== hmac(secret, text))
    throw new WireError(400, -1022, "Signature for this request is not valid.");
  checkTime(fields, now);
}

function checkTime(fields: WireRequest["fields"], now: number): void {
  const sent = Number(fields["timestamp"]);
  if (!(sent <= now + mostAheadMs))
    throw new WireError(400, -1021, "Timestamp for this request was 1000ms ahead of the server's time.");
  if (now - sent > Number(fields["recvWindow"] ?? usualWindowMs))
    throw new WireError(400, -1021, "Timestamp for this request is outside of the recvWindow.");
}

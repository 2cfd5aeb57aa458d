import type * as msgpack from "@msgpack/msgpack";
import type { Codec } from "../wire/protocol.js";

const jsonOf = (data: Buffer): unknown => {
  try {
    return JSON.parse(data.toString("utf8"));
  } catch {
    return null;
  }
};

/** As JSON in text. */
export const textJson: Codec = { encode: (message) => JSON.stringify(message), decode: jsonOf };

/** As JSON in binary frames. */
export const binaryJson: Codec = {
  encode: (message) => Buffer.from(JSON.stringify(message)),
  decode: jsonOf,
};

/** As MessagePack, in which a time is one. */
export const messagePack = ({ encode, decode }: typeof msgpack): Codec => ({
  encode: (message) => encode(message),
  decode: (data) => {
    try {
      return decode(data);
    } catch {
      return null;
    }
  },
});

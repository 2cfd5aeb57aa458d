import { BitFeverError } from "@bitfever/runtime";
import type * as msgpack from "@msgpack/msgpack";
import type * as tws from "@stoqey/ib";
import type * as ccxt from "ccxt";
import type * as ws from "ws";

/** @throws BitFeverError BF5300 where it is not installed */
export async function webSockets(what: string): Promise<typeof ws> {
  try {
    return await import("ws");
  } catch (cause) {
    throw missing("ws", what, cause);
  }
}

/** @throws BitFeverError BF5300 where it is not installed */
export async function clientLibrary(what: string): Promise<typeof ccxt> {
  try {
    return await import("ccxt");
  } catch (cause) {
    throw missing("ccxt", what, cause);
  }
}

/** @throws BitFeverError BF5300 where it is not installed */
export async function messagePacks(what: string): Promise<typeof msgpack> {
  try {
    return await import("@msgpack/msgpack");
  } catch (cause) {
    throw missing("@msgpack/msgpack", what, cause);
  }
}

/** @throws BitFeverError BF5300 where it is not installed */
export async function twsLibrary(what: string): Promise<typeof tws> {
  try {
    return await import("@stoqey/ib");
  } catch (cause) {
    throw missing("@stoqey/ib", what, cause);
  }
}

function missing(name: string, what: string, cause: unknown): BitFeverError {
  return new BitFeverError("BF5300", `${what} needs the package ${name}, which is not installed`, {
    cause,
    hint: `npm install ${name}`,
  });
}

import { BitFeverError } from "@bitfever/lang";

/** Where a queue is. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The number of the database. */
  readonly database: number;
  readonly isEncrypted: boolean;
  /** All keys begin with it. */
  readonly prefix: string;
  /** As it may be printed: without the password. */
  readonly shown: string;
}

const usualPort = 6379;
const usualPrefix = "bitfever";

/**
 * Reads `redis://[[user]:password@]host[:port][/database][?prefix=name]`; `rediss://` is encrypted.
 *
 * @throws BitFeverError BF5151 for anything else
 */
export function queueAddress(text: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["redis:", "rediss:"].includes(url.protocol) || url.hostname === "")
    throw wrong("the address of the queue is no address of a Redis server");
  const database = /^\/?$/.test(url.pathname) ? "0" : url.pathname.slice(1);
  if (!/^\d{1,5}$/.test(database)) throw wrong(`\`${database}\` is no number of a database`);
  const stranger = [...url.searchParams.keys()].find((each) => each !== "prefix");
  if (stranger !== undefined) throw wrong(`\`${stranger}\` is not known in the address of a queue`);
  const prefix = url.searchParams.get("prefix") ?? usualPrefix;
  if (!/^[\w{}.-]{1,64}$/.test(prefix))
    throw wrong("the prefix of a queue is made of up to 64 letters, digits, `_`, `-` and `.`");
  const port = url.port === "" ? usualPort : Number(url.port);
  const shown = `${url.protocol}//${url.hostname}:${port}`;
  return {
    // An IPv6 address is written in brackets, and connected to without.
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port,
    username: url.username === "" ? undefined : decodeURIComponent(url.username),
    password: url.password === "" ? undefined : decodeURIComponent(url.password),
    database: Number(database),
    isEncrypted: url.protocol === "rediss:",
    prefix,
    shown: `${shown}${database === "0" ? "" : `/${database}`}${prefix === usualPrefix ? "" : `?prefix=${prefix}`}`,
  };
}

/** The text is not shown: there may be a password in it. */
const wrong = (what: string): BitFeverError =>
  new BitFeverError("BF5151", what, {
    hint: "write redis://host:6379, rediss:// where it is encrypted; in full redis://user:password@host:6379/0?prefix=name",
  });

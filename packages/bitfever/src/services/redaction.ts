/** What stands in the place of a secret. */
export const redacted = "[redacted]";

/** Takes what is secret out of what is about to be said. */
export interface Redaction {
  readonly text: (text: string) => string;
  /** Plain data to be said in the place of the given: errors with their causes, without what a key names as secret. */
  readonly value: (value: unknown) => unknown;
}

/**
 * Knows secrets by their value, in the forms in which they travel (as they are, in addresses, in JSON, in base64), and by how they
 * look: a key that names one, a password in an address, the token of a bot, an `Authorization` header.
 *
 * @param secrets  of an address its path and its query are secret, and its host is not
 * @example
 * redaction(["hunter2hunter2"]).text("535 hunter2hunter2 is wrong"); // "535 [redacted] is wrong"
 */
export function redaction(secrets: readonly string[]): Redaction {
  const forms = [...new Set(secrets.flatMap(partsOf).flatMap(formsOf))].filter((each) => each !== "");
  // The longest first: of two that begin alike the shorter would leave the rest of the longer.
  forms.sort((a, b) => b.length - a.length);
  const known = forms.length === 0 ? null : new RegExp(forms.map(quoted).join("|"), "g");
  // Words and numbers are mostly too short to hold one.
  const least = Math.min(...forms.map(({ length }) => length));
  const text = (given: string): string => {
    let said = known === null || given.length < least ? given : given.replace(known, redacted);
    // Most texts are looked at once, and not as often as there are shapes.
    if (mayHaveShape.test(said))
      for (const { hint, pattern, instead } of shapes)
        if (hint.test(said)) said = said.replace(pattern, instead);
    return said;
  };
  return { text, value: (value) => plain(value, text, []) };
}

/** Both of two. */
export const together = (first: Redaction | undefined, second: Redaction): Redaction =>
  first === undefined
    ? second
    : {
        text: (text) => second.text(first.text(text)),
        value: (value) => second.value(first.value(value)),
      };

const secretName =
  "pass(?:word|phrase|wd)?|secret|(?:access|refresh|bot|auth)?_?-?token|(?:api|private|secret|access)[-_]?key|authorization|set-cookie|cookie|credentials?|signature";
const isSecretKey = new RegExp(`(?:^|[-_.]|[a-z](?=[A-Z]))(?:${secretName})$`, "i");

/** Part of every name of a secret: what has none of these is not looked at any further. */
const hintOfName = /pass|secret|token|key|authorization|cookie|credential|signature/i;

const mayHaveShape = /[:=]|bearer|basic/i;

const shapes: readonly { readonly hint: RegExp; readonly pattern: RegExp; readonly instead: string }[] = [
  // The user and the password of an address.
  {
    hint: /:\/\//,
    pattern: /(\b[a-z][a-z\d+.-]*:\/\/)[^\s/@:]*:[^\s/@]+@/gi,
    instead: `$1${redacted}@`,
  },
  // As Telegram has them in the path of an address.
  { hint: /\d{6}:/, pattern: /\b(bot)?\d{6,}:[\w-]{30,}/g, instead: redacted },
  {
    hint: /bearer|basic/i,
    pattern: /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
    instead: `$1 ${redacted}`,
  },
  // In a query, a header or JSON.
  {
    hint: hintOfName,
    pattern: new RegExp(
      `\\b(${secretName})(["']?\\s*[=:]\\s*["']?)(?!\\[redacted\\])[^\\s"'&,;}\\]]{8,}`,
      "gi",
    ),
    instead: `$1$2${redacted}`,
  },
];

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

/** An address is told of by its parts: in an error there is often the path alone. */
function partsOf(secret: string): readonly string[] {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(secret) || !URL.canParse(secret)) return [secret];
  const { username, password, pathname, search, searchParams } = new URL(secret);
  const segments = pathname.split("/").filter((each) => each.length >= 8);
  const values = [...searchParams.values()].filter((each) => each.length >= 8);
  const parts = [pathname.length > 1 ? pathname : "", search.slice(1), ...segments, ...values];
  return [
    ...(parts.some((each) => each !== "") ? [secret] : []),
    ...parts,
    decodeURIComponent(username),
    decodeURIComponent(password),
  ];
}

function formsOf(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...base64FormsOf(secret)];
}

/** How a text looks within something longer in base64: by which of three bytes it begins at. */
function base64FormsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  if (bytes.length < 8) return [];
  return [0, 1, 2].flatMap((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
    // Without the signs that hold bits of what stands before and behind.
    const [from, to] = [shift === 0 ? 0 : shift + 1, Math.floor((shifted.length * 8) / 6)];
    return (["base64", "base64url"] as const).map((encoding) => shifted.toString(encoding).slice(from, to));
  });
}

const deepest = 8;

function plain(value: unknown, text: (text: string) => string, above: readonly object[]): unknown {
  if (typeof value === "string") return text(value);
  if (typeof value === "bigint" || typeof value === "symbol") return text(String(value));
  if (typeof value === "function") return "[function]";
  if (typeof value !== "object" || value === null) return value;
  if (above.includes(value)) return "[itself]";
  if (above.length >= deepest) return "[and so on]";
  const below = [...above, value];
  const next = (each: unknown): unknown => plain(each, text, below);
  if (value instanceof Error) return plainError(value, next);
  if (value instanceof Date) return value;
  if (value instanceof URL) return text(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value) || value instanceof Set) return Array.from(value as Iterable<unknown>, next);
  const entries = value instanceof Map ? [...(value as Map<unknown, unknown>)] : Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, each]) => {
      const name = String(key);
      const isSaid =
        each === null ||
        each === undefined ||
        typeof each === "boolean" ||
        !(hintOfName.test(name) && isSecretKey.test(name));
      return [text(name), isSaid ? next(each) : redacted];
    }),
  );
}

/** A stack says where a fault of ours is; of a mistake in what was given the message says all. */
function plainError(error: Error, next: (value: unknown) => unknown): unknown {
  const { name, message, stack, cause } = error;
  const { code, hint } = error as { code?: unknown; hint?: unknown };
  return {
    name,
    message: next(message),
    ...(code !== undefined && { code: next(code) }),
    ...(hint !== undefined && { hint: next(hint) }),
    ...(name !== "BitFeverError" && stack !== undefined && { stack: next(stack) }),
    ...(cause !== undefined && { cause: next(cause) }),
    ...(error instanceof AggregateError && { errors: next(error.errors) }),
  };
}

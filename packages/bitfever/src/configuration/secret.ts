import { inspect } from "node:util";

/** What is shown in the place of a secret. */
export const secretMask = "•••";

/** A text that nobody may see: whoever prints it, or writes it as JSON, has a mask. `reveal` is for who sends it where it belongs. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return secretMask;
  }

  toJSON(): string {
    return secretMask;
  }

  [inspect.custom](): string {
    return `Secret(${secretMask})`;
  }
}

/** Too short to be one: to mask each `a` would leave nothing to read. */
const shortest = 4;

/**
 * All secrets that were revealed to somebody, so that what comes back from there (the error of a client library, the refusal of
 * a venue) can be shown and kept without them.
 */
export class SecretTexts {
  private texts: readonly string[] = [];

  add(secret: Secret): void {
    const text = secret.reveal();
    if (text.length < shortest) return;
    // As it stands in an address and in JSON, too.
    const forms = [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)];
    this.texts = [...new Set([...this.texts, ...forms])].sort((a, b) => b.length - a.length);
  }

  masked(text: string): string {
    return this.texts.reduce((left, each) => left.replaceAll(each, secretMask), text);
  }

  /** Plain data with all of its texts masked. */
  maskedData<Data>(data: Data): Data {
    if (this.texts.length === 0) return data;
    return maskedDeep(data, (text) => this.masked(text)) as Data;
  }
}

function maskedDeep(data: unknown, mask: (text: string) => string): unknown {
  if (typeof data === "string") return mask(data);
  if (Array.isArray(data)) return data.map((each) => maskedDeep(each, mask));
  if (typeof data !== "object" || data === null || Object.getPrototypeOf(data) !== Object.prototype)
    return data;
  return Object.fromEntries(Object.entries(data).map(([name, each]) => [name, maskedDeep(each, mask)]));
}

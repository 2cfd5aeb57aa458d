import { inspect } from "node:util";
import { redacted, redaction, type Redaction } from "../services/redaction.js";

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
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return `Secret(${redacted})`;
  }
}

/** Too short to be one: to take out each `a` would leave nothing to read. */
const shortest = 4;

/**
 * All secrets that were revealed to somebody, so that what comes back from there (the error of a client library, the refusal of
 * a venue) can be shown and kept without them.
 */
export class SecretTexts implements Redaction {
  private readonly known = new Set<string>();
  private current = redaction([]);

  add(secret: Secret): void {
    const text = secret.reveal();
    if (text.length < shortest || this.known.has(text)) return;
    this.known.add(text);
    this.current = redaction([...this.known]);
  }

  // Functions of their own: who has them has what is added later, too.
  readonly text = (text: string): string => this.current.text(text);
  readonly value = (value: unknown): unknown => this.current.value(value);
}

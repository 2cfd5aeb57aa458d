import { Decimal } from "decimal.js";

/** Null says nothing: the field is empty. */
export type TwsField = string | number | boolean | Decimal | null;
export type TwsMessage = readonly TwsField[];

/** No client sends, and none takes, a longer message. */
const longestMessage = 0xffffff;

/** A message as it goes over the wire: its length in four bytes, then fields that end with a zero each. */
export function frame(message: TwsMessage): Buffer {
  const body = Buffer.from(message.map((field) => `${textOf(field)}\0`).join(""), "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function textOf(field: TwsField): string {
  if (field === null) return "";
  if (typeof field === "boolean") return field ? "1" : "0";
  return field instanceof Decimal ? field.toFixed() : String(field);
}

/** Puts together what comes in pieces. */
export class FrameReader {
  private bytes = Buffer.alloc(0);

  /** @param greeting  what comes before the first message */
  constructor(private greeting: string) {}

  /**
   * What is complete now, by its fields.
   *
   * @returns null for bytes that are no message
   */
  take(data: Buffer): readonly (readonly string[])[] | null {
    this.bytes = Buffer.concat([this.bytes, data]);
    const { length: expected } = this.greeting;
    if (this.bytes.length < expected) return [];
    if (this.bytes.toString("latin1", 0, expected) !== this.greeting) return null;
    this.bytes = this.bytes.subarray(expected);
    this.greeting = "";
    const complete: (readonly string[])[] = [];
    while (this.bytes.length >= 4) {
      const length = this.bytes.readUInt32BE();
      if (length > longestMessage) return null;
      if (this.bytes.length < 4 + length) break;
      const fields = this.bytes.toString("utf8", 4, 4 + length).split("\0");
      complete.push(fields.at(-1) === "" ? fields.slice(0, -1) : fields);
      this.bytes = this.bytes.subarray(4 + length);
    }
    return complete;
  }
}

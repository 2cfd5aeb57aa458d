import { BitFeverError } from "@bitfever/lang";
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from "yaml";

/**
 * A value of a YAML or JSON file that knows where it stands, so that what is wrong with it can be said with file, line,
 * place and remedy. What cannot be read throws BF5082, or the code it was given.
 */
export class Placed {
  private constructor(
    private readonly file: {
      readonly name: string;
      readonly lines: LineCounter;
      readonly code: string;
      readonly document: Document;
    },
    private readonly place: string,
    private readonly node: Node | null,
  ) {}

  /** @throws BitFeverError for a text that is no YAML */
  static read(name: string, text: string, code = "BF5082"): Placed {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined) {
      const { line } = lines.linePos(error.pos[0]);
      throw new BitFeverError(code, `${name}:${line}: this is not YAML: ${error.message}`, {
        hint: "write `name: value` lines, indented by spaces; JSON is read too",
      });
    }
    return new Placed({ name, lines, code, document }, "", document.contents);
  }

  get isAbsent(): boolean {
    return this.node === null || (isScalar(this.node) && this.node.value === null);
  }

  /** The values under names, of which all must be known. */
  fields<Name extends string>(...known: readonly Name[]): Record<Name, Placed> {
    const entries = this.entries();
    const stranger = entries.find(([key]) => !(known as readonly string[]).includes(key));
    if (stranger !== undefined)
      throw stranger[1].wrong("is not known here", `the names are ${known.join(", ")}`);
    const found = new Map(entries);
    return Object.fromEntries(
      known.map((key) => [key, found.get(key) ?? new Placed(this.file, this.under(key), null)]),
    ) as Record<Name, Placed>;
  }

  /** The same, where one plain value may stand for the first of them. */
  fieldsOrFirst<Name extends string>(first: Name, ...more: readonly Name[]): Record<Name, Placed> {
    if (this.isAbsent || isMap(this.node)) return this.fields(first, ...more);
    const none = new Placed(this.file, this.place, null);
    return Object.fromEntries([first, ...more].map((key) => [key, key === first ? this : none])) as Record<
      Name,
      Placed
    >;
  }

  /** The values under any names. */
  entries(): readonly (readonly [key: string, value: Placed])[] {
    if (this.isAbsent) return [];
    if (!isMap(this.node)) throw this.wrong(`is ${this.shown}`, "write names with values under it");
    return this.node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : "";
      return [name, new Placed(this.file, this.under(name), value as Node | null)] as const;
    });
  }

  /** The values of a list; one value that is no list is a list of one. */
  list(): readonly Placed[] {
    if (this.isAbsent) return [];
    if (!isSeq(this.node)) return [this];
    return this.node.items.map(
      (each, i) => new Placed(this.file, `${this.place}[${i + 1}]`, each as Node | null),
    );
  }

  /** A value as people write it: `0.05%`, `true`, `strategy.bf`. */
  text(): string {
    if (this.isAbsent) throw this.wrong("is missing", "give it a value");
    if (!isScalar(this.node)) throw this.wrong(`is ${this.shown}`, "write one value");
    return String(this.node.value);
  }

  /** The value as plain data, whatever it is. */
  plain(): unknown {
    try {
      return this.node === null ? null : this.node.toJS(this.file.document);
    } catch (error) {
      // One that refers to itself, or to others without end.
      throw this.wrong(`cannot be read: ${error instanceof Error ? error.message : ""}`, "write it out");
    }
  }

  oneOf<Choice extends string>(...choices: readonly Choice[]): Choice {
    const text = this.text();
    return (
      choices.find((each) => each === text) ?? this.fail(`is \`${text}\``, `it is ${choices.join(" or ")}`)
    );
  }

  whole(least: number): number {
    const text = this.text();
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return value >= least ? value : this.fail(`is \`${text}\``, `write a whole number from ${least} on`);
  }

  /** A part of a whole: `25%` or 0.25. */
  share(): number {
    const text = this.text();
    const value = /^[\d.]+%$/.test(text) ? Number(`${text.slice(0, -1)}e-2`) : Number(text);
    return value > 0 && value <= 1
      ? value
      : this.fail(`is \`${text}\``, "write a share above 0% up to 100%, such as 25% or 0.25");
  }

  /** What is thrown on reading a value, said with its place. */
  within<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof BitFeverError)) throw error;
      const { code, hint, message } = error;
      throw new BitFeverError(code, `${this.where}: ${message}`, { hint, cause: error });
    }
  }

  fail(what: string, hint: string): never {
    throw this.wrong(what, hint);
  }

  private wrong(what: string, hint: string): BitFeverError {
    const place = this.place === "" ? "the file" : `\`${this.place}\``;
    return new BitFeverError(this.file.code, `${this.where}: ${place} ${what}`, { hint });
  }

  private get where(): string {
    const at = this.node?.range?.[0];
    return at === undefined ? this.file.name : `${this.file.name}:${this.file.lines.linePos(at).line}`;
  }

  private get shown(): string {
    if (isSeq(this.node)) return "a list";
    return isMap(this.node) ? "a group of names" : `\`${this.text()}\``;
  }

  private under(key: string): string {
    return this.place === "" ? key : `${this.place}.${key}`;
  }
}

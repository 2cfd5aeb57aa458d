/*
 * Text that is not yet cut into lines, after Wadler 2003, "A prettier printer": a group stands on one line if it fits,
 * else all its own lines break. Comments are part of it, because they end the line they stand on whatever follows.
 */

export type Document =
  | string
  | readonly Document[]
  | Group
  | Line
  | Indent
  | Comment
  /** At least so many blanks, unless a line starts here. */
  | { readonly kind: "space"; readonly width: number }
  /** Blanks that fill a column up, where the group of that name is broken; else one. */
  | { readonly kind: "pad"; readonly of: symbol; readonly width: number }
  /** Only where the group around it is broken. */
  | { readonly kind: "ifBroken"; readonly text: string }
  /** After a comment, go on at the margin of here and not further in. */
  | { readonly kind: "margin" };

export interface Group {
  readonly kind: "group";
  readonly body: Document;
  readonly isBroken: boolean;
  readonly name?: symbol | undefined;
}

export interface Line {
  readonly kind: "line";
  /** How many blanks it is when it is not broken; null if it always is. */
  readonly flat: number | null;
  /** Whether an empty line comes with it. */
  readonly isBlank: boolean;
}

interface Indent {
  readonly kind: "indent";
  readonly by: number;
  readonly body: Document;
}

export interface Comment {
  readonly kind: "comment";
  readonly text: string;
  /** Behind something on its line, as against on a line of its own. */
  readonly isTrailing: boolean;
}

export const space = (width: number): Document => ({ kind: "space", width });
export const line = (flat: number): Line => ({ kind: "line", flat, isBlank: false });
export const hardLine = (isBlank = false): Line => ({ kind: "line", flat: null, isBlank });
export const indent = (by: number, body: Document): Document => ({ kind: "indent", by, body });
export const group = (body: Document, isBroken = false, name?: symbol): Group => ({
  kind: "group",
  body,
  isBroken,
  name,
});
export const ifBroken = (text: string): Document => ({ kind: "ifBroken", text });
export const pad = (of: symbol, width: number): Document => ({ kind: "pad", of, width });
export const margin: Document = { kind: "margin" };

/** How far a text goes in that goes on after a comment in a place where no line would be broken. */
export const continuation = 4;

/** The width of a document on one line; infinite when it cannot stand on one. */
export function flatWidth(document: Document): number {
  let [width, blanks] = [0, 0];
  const add = (each: Document): void => {
    if (typeof each === "string") {
      width += (width > 0 ? blanks : 0) + each.length;
      if (each !== "") blanks = 0;
    } else if (isMany(each)) each.forEach(add);
    else if (each.kind === "group" || each.kind === "indent") add(each.body);
    else if (each.kind === "space") blanks = Math.max(blanks, each.width);
    else if (each.kind === "line" && each.flat !== null) blanks = Math.max(blanks, each.flat);
    else if (each.kind === "line" || each.kind === "comment") width = Infinity;
  };
  add(document);
  return width;
}

const isMany = (document: Document): document is readonly Document[] => Array.isArray(document);

/** The text with its lines cut at `width` characters where they can be, each ended by `\n`. */
export function render(document: Document, width: number): string {
  const renderer = new Renderer(width);
  renderer.write(document);
  return renderer.text;
}

interface Work {
  readonly document: Document;
  readonly margin: number;
  readonly isFlat: boolean;
}

class Renderer {
  private readonly parts: string[] = [];
  private readonly work: Work[] = [];
  private readonly brokenGroups = new Set<symbol>();
  private column = 0;
  /** Blanks before the next text. */
  private blanks = 0;
  /** Line breaks before the next text, and its margin; without one, the text's own and further in. */
  private breaks = 0;
  private nextMargin: number | null = 0;

  constructor(private readonly width: number) {}

  get text(): string {
    return this.parts.length === 0 ? "" : `${this.parts.join("")}\n`;
  }

  write(document: Document): void {
    this.work.push({ document, margin: 0, isFlat: false });
    for (let next = this.work.pop(); next !== undefined; next = this.work.pop()) this.step(next);
  }

  private step({ document, margin, isFlat }: Work): void {
    if (typeof document === "string") {
      this.put(document, margin);
      return;
    }
    if (isMany(document)) {
      for (const each of document.toReversed()) this.work.push({ document: each, margin, isFlat });
      return;
    }
    switch (document.kind) {
      case "space":
        this.ask(document.width);
        break;
      case "pad":
        this.ask(this.brokenGroups.has(document.of) ? document.width : 1);
        break;
      case "ifBroken":
        if (!isFlat) this.put(document.text, margin);
        break;
      case "indent":
        this.work.push({ document: document.body, margin: margin + document.by, isFlat });
        break;
      case "group": {
        const fits = isFlat || (!document.isBroken && this.fits(document, margin));
        if (!fits && document.name !== undefined) this.brokenGroups.add(document.name);
        this.work.push({ document: document.body, margin, isFlat: fits });
        break;
      }
      case "line":
        if (isFlat && document.flat !== null) this.ask(document.flat);
        else this.breakLine(document.isBlank ? 2 : 1, margin);
        break;
      case "margin":
        if (this.breaks > 0) this.nextMargin = margin;
        break;
      case "comment":
        this.putComment(document, margin);
        break;
    }
  }

  private ask(blanks: number): void {
    this.blanks = Math.max(this.blanks, blanks);
  }

  private breakLine(breaks: number, margin: number | null): void {
    this.breaks = Math.max(this.breaks, breaks);
    this.nextMargin = margin;
  }

  private put(text: string, margin: number): void {
    if (text === "") return;
    const isFirst = this.parts.length === 0;
    if (this.breaks > 0 || isFirst) {
      this.column = this.startOf(margin);
      this.parts.push("\n".repeat(isFirst ? 0 : this.breaks), " ".repeat(this.column));
    } else {
      this.column += this.blanks;
      this.parts.push(" ".repeat(this.blanks));
    }
    this.parts.push(text);
    this.column += text.length;
    this.blanks = 0;
    this.breaks = 0;
    this.nextMargin = null;
  }

  private startOf(margin: number): number {
    return this.nextMargin ?? margin + continuation;
  }

  private putComment({ text, isTrailing }: Comment, margin: number): void {
    if (isTrailing && this.breaks === 0) this.blanks = 1;
    else if (this.breaks === 0 && this.parts.length > 0) this.breakLine(1, null);
    const at = this.nextMargin;
    this.put(text, margin);
    this.breakLine(1, isTrailing ? null : at);
  }

  /** Whether the group can stand on this line, with what cannot be cut from its end. */
  private fits(document: Group, margin: number): boolean {
    const isAtStart = this.breaks > 0 || this.parts.length === 0;
    let room = this.width - (isAtStart ? this.startOf(margin) : this.column);
    let blanks = isAtStart ? 0 : this.blanks;
    let [isEmpty, isCommented] = [true, false];
    const work: { readonly document: Document; readonly isFlat: boolean }[] = [
      { document: document.body, isFlat: true },
    ];
    let behind = this.work.length;
    for (;;) {
      let next = work.pop();
      if (next === undefined) {
        if (isCommented || behind === 0) return true;
        next = { document: this.work[--behind].document, isFlat: this.work[behind].isFlat };
      }
      const { document: each, isFlat } = next;
      if (typeof each === "string") {
        if (each === "") continue;
        room -= blanks + each.length;
        if (isCommented || room < 0) return false;
        blanks = 0;
        isEmpty = false;
      } else if (isMany(each)) {
        for (const part of each.toReversed()) work.push({ document: part, isFlat });
      } else if (each.kind === "group" || each.kind === "indent") {
        if (each.kind === "group" && each.isBroken && isFlat) return false;
        work.push({ document: each.body, isFlat });
      } else if (each.kind === "line") {
        if (!isFlat) return true;
        if (each.flat === null) return false;
        blanks = Math.max(blanks, each.flat);
      } else if (each.kind === "comment") {
        if (!isFlat) return true;
        if (!each.isTrailing && !isEmpty) return false;
        if (each.isTrailing) isCommented = true;
      } else if (each.kind === "ifBroken") {
        if (!isFlat) work.push({ document: each.text, isFlat });
      } else if (each.kind === "space") blanks = Math.max(blanks, each.width);
      else if (each.kind === "pad")
        blanks = Math.max(blanks, this.brokenGroups.has(each.of) ? each.width : 1);
    }
  }
}

import { isMap, isSeq, isScalar, LineCounter, parseDocument, type Document, type Node } from "yaml";
import { placeOf, type DataPath, type PlacedProblem, type Problem } from "./problem.js";

/** A YAML text as plain data, of which it is known where each piece stands. */
export class PlacedYaml {
  /** Null where the text is no YAML. */
  readonly data: unknown;
  /** What of it is no YAML. */
  readonly problems: readonly PlacedProblem[];
  private readonly lines = new LineCounter();
  private readonly document: Document;

  constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    this.problems = this.document.errors.map(({ pos, message }) => ({
      ...{ code: "BF5200", place: "", text: `is not YAML: ${message}` },
      hint: "write `name: value` lines, indented by spaces; JSON is read too",
      ...this.positionOf(pos[0]),
    }));
    this.data = this.problems.length === 0 ? this.plain() : null;
  }

  placed({ path, text, hint, code = "BF5200", isOfName = false }: Problem): PlacedProblem {
    const position = this.positionOf(this.offsetOf(path, isOfName));
    return { code, place: placeOf(path), text, hint, ...position };
  }

  private plain(): unknown {
    try {
      return this.document.toJS();
    } catch {
      // One that refers to itself, or to others without end.
      return null;
    }
  }

  private positionOf(offset: number): { readonly line: number; readonly column: number } {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  /** Of the piece at a path; of the nearest one round it where there is none. */
  private offsetOf(path: DataPath, isOfName: boolean): number {
    let node: unknown = this.document.contents;
    let offset = startOf(node) ?? 0;
    for (const [i, each] of path.entries()) {
      let next: unknown;
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(each));
        if (pair === undefined) break;
        const isLast = i === path.length - 1;
        const named = startOf(pair.key) ?? offset;
        offset = isLast && isOfName ? named : (startOf(pair.value) ?? named);
        next = pair.value;
      } else if (isSeq(node)) {
        next = node.items[Number(each)];
        if (next === undefined) break;
        offset = startOf(next) ?? offset;
      } else break;
      node = next;
    }
    return offset;
  }
}

const startOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0];

/** A notebook as it lies in a file, as far as it matters here. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly [name: string]: unknown;
}

export interface Cell {
  readonly cell_type: "markdown" | "code";
  readonly source: readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
  readonly [name: string]: unknown;
}

export type Output =
  | {
      readonly output_type: "display_data";
      readonly data: Readonly<Record<string, readonly string[]>>;
      readonly metadata: object;
    }
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: readonly string[] };

/** A text as notebooks keep it: its lines, each with its end. */
export const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

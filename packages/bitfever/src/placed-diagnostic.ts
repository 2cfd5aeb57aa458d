import { positionAt, type Diagnostic, type Label, type Position, type Source } from "@bitfever/lang";

/** A diagnostic with its places as editors count them: lines and columns from 1. */
export interface PlacedDiagnostic extends Omit<Diagnostic, "labels">, Position {
  readonly file: string;
  readonly labels: readonly (Label & Position)[];
}

/** A diagnostic as `bf-compile --json` writes it. */
export const placed = (source: Source, { span, labels, ...rest }: Diagnostic): PlacedDiagnostic => ({
  file: source.name,
  ...rest,
  ...positionAt(source, span.start),
  span,
  labels: labels.map((each) => ({ ...each, ...positionAt(source, each.span.start) })),
});

import {
  positionAt,
  type Diagnostic,
  type Fix,
  type Label,
  type Position,
  type Source,
  type Span,
} from "@bitfever/lang";

/** A diagnostic as it is written for machines: lines and columns from 1, spans as offsets. */
export interface PlacedDiagnostic extends Position {
  readonly file: string;
  /** Such as `BF2001`; docs/errors has a page for each. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint?: string;
  readonly fix?: Fix;
  readonly span: Span;
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

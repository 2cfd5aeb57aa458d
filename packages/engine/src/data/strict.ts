import { BitFeverError } from "@bitfever/lang";
import { defectKinds, type Defect, type DefectKind } from "./defects.js";
import { flag } from "./refusals.js";

/**
 * Refuses a file with unusable bars, by the code of the first.
 *
 * @throws BitFeverError BF4020 to BF4032
 */
export function strictly(file: string, rows: number, defects: readonly Defect[]): void {
  const refused = defects.filter(({ kind }) => defectKinds[kind].severity === "refused");
  if (refused.length === 0) return;
  const [first] = refused;
  const dropped = refused.filter((defect) => defect.dropped);
  const counts = new Map<DefectKind, number>();
  for (const { kind } of dropped) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = Array.from(
    counts,
    ([kind, count]) => `${count} with ${defectKinds[kind].title} (${defectKinds[kind].code})`,
  );
  const total =
    dropped.length > 0 ? `. ${dropped.length} of ${rows} bars cannot be used: ${kinds.join(", ")}` : "";
  throw new BitFeverError(first.code, `${file}, ${first.message}${total}`, {
    hint: remedy(first.kind, dropped.length),
  });
}

function remedy(kind: DefectKind, dropped: number): string {
  const drops = dropped === 1 ? "drops this bar and says so" : `drops these ${dropped} bars and lists them`;
  switch (kind) {
    case "newestFirst":
      return `\`${flag.mode} lenient\` turns the bars round${dropped > 0 ? ` and ${drops}` : ""}; or sort the file`;
    case "commaInNumber":
      return "write numbers with a point for the decimals and nothing between the thousands: 1234.5";
    case "raggedRow":
      return `correct the header so that it names every column, or read with \`${flag.mode} lenient\`, which ${drops}`;
    case "skippedTime":
      return `is \`${flag.zone}\` the zone of these times? If so, \`${flag.mode} lenient\` ${drops}`;
    default:
      return `correct the file, or read it with \`${flag.mode} lenient\`, which ${drops}`;
  }
}

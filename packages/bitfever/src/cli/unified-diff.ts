/** How many lines around a change are shown. */
const context = 3;

interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** The difference of two texts as `patch` reads it; empty when they are the same. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return "";
  const lines = difference(linesOf(before), linesOf(after));
  const shown = lines.flatMap(({ sign }, i) => (sign === " " ? [] : [i]));
  const hunks: { from: number; to: number }[] = [];
  for (const at of shown) {
    const [from, to] = [Math.max(0, at - context), Math.min(lines.length, at + context + 1)];
    const last = hunks.at(-1);
    if (last !== undefined && from <= last.to) last.to = to;
    else hunks.push({ from, to });
  }
  const body = hunks.map(({ from, to }) => hunkText(lines, from, to));
  return `--- ${name}\n+++ ${name}\n${body.join("")}`;
}

/** Each with its line break; only the last may be without. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function hunkText(lines: readonly Line[], from: number, to: number): string {
  const countOf = (sign: "-" | "+", part: readonly Line[]): number =>
    part.filter((each) => each.sign === " " || each.sign === sign).length;
  const [earlier, part] = [lines.slice(0, from), lines.slice(from, to)];
  const range = (sign: "-" | "+"): string => {
    const count = countOf(sign, part);
    return `${sign}${countOf(sign, earlier) + (count > 0 ? 1 : 0)},${count}`;
  };
  const body = part.map(({ sign, text }) =>
    text.endsWith("\n") ? `${sign}${text}` : `${sign}${text}\n\\ No newline at end of file\n`,
  );
  return `@@ ${range("-")} ${range("+")} @@\n${body.join("")}`;
}

/** The shortest way from one text to the other, after Myers 1986, "An O(ND) difference algorithm". */
function difference(before: readonly string[], after: readonly string[]): readonly Line[] {
  /** How far down `before` each diagonal has come, after each number of changes. */
  const trace: ReadonlyMap<number, number>[] = [];
  const reached = new Map([[1, 0]]);
  for (let changes = 0; ; changes++) {
    trace.push(new Map(reached));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = startOn(reached, diagonal, changes);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      reached.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return wayBack(trace, before, after);
    }
  }
}

const far = (reached: ReadonlyMap<number, number>, diagonal: number): number => reached.get(diagonal) ?? -1;

const isInsertion = (reached: ReadonlyMap<number, number>, diagonal: number, changes: number): boolean =>
  diagonal === -changes || (diagonal !== changes && far(reached, diagonal - 1) < far(reached, diagonal + 1));

const startOn = (reached: ReadonlyMap<number, number>, diagonal: number, changes: number): number =>
  isInsertion(reached, diagonal, changes) ? far(reached, diagonal + 1) : far(reached, diagonal - 1) + 1;

function wayBack(
  trace: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): readonly Line[] {
  const lines: Line[] = [];
  let [x, y] = [before.length, after.length];
  for (let changes = trace.length - 1; changes >= 0; changes--) {
    const reached = trace[changes];
    const diagonal = x - y;
    const isAdded = isInsertion(reached, diagonal, changes);
    const previous = isAdded ? diagonal + 1 : diagonal - 1;
    const fromX = changes === 0 ? 0 : far(reached, previous);
    const fromY = changes === 0 ? 0 : fromX - previous;
    while (x > fromX && y > fromY && x > 0 && y > 0 && before[x - 1] === after[y - 1]) {
      lines.push({ sign: " ", text: before[--x] });
      y--;
    }
    if (changes > 0) lines.push(isAdded ? { sign: "+", text: after[--y] } : { sign: "-", text: before[--x] });
  }
  return lines.reverse();
}

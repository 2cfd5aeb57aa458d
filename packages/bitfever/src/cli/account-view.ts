import type { AccountState } from "../trading/account-state.js";
import { stateLines } from "./account-text.js";
import { paintOf, type Io } from "./io.js";
import { printable } from "./printable.js";

const escape = "\u001b";
const paintOrLetter = new RegExp(`${escape}\\[[\\d;]*m|[\\s\\S]`, "gu");

/** A view of an account in a terminal, drawn anew in its own place. */
export class AccountView {
  private height = 0;

  constructor(private readonly io: Pick<Io, "err" | "size">) {}

  draw(lines: readonly string[]): void {
    const { columns, rows } = sizeOf(this.io);
    // A line that wraps, or one more than there is room for, would move all others.
    const shown = lines.slice(0, Math.max(1, rows - 1)).map((each) => cut(each, columns));
    const up = this.height === 0 ? "" : `${escape}[${this.height}A`;
    this.io.err(`${up}\r${escape}[J${shown.map((each) => `${each}\n`).join("")}`);
    this.height = shown.length;
  }
}

/** Some terminals say that they have no rows and no columns. */
function sizeOf({ size }: Pick<Io, "size">): { readonly columns: number; readonly rows: number } {
  const { columns = 0, rows = 0 } = size?.() ?? {};
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}

/** What a view shows: how the account stands, and the newest of what happened. */
export function viewLines(
  io: Io,
  state: AccountState,
  newest: readonly string[],
  speed: number | undefined,
  keys?: string,
): readonly string[] {
  const paint = paintOf(io);
  const pace = speed === undefined ? "" : ` · ${speed} times the speed of the market`;
  return [
    `${paint.strong(printable(state.account))}${paint.faint(`${pace} · Ctrl-C stops`)}`,
    ...(keys === undefined ? [] : [paint.faint(keys)]),
    ...stateLines(io, state),
    ...(newest.length === 0 ? [] : ["", ...newest.map((each) => paint.faint(each))]),
  ];
}

/** So many characters of a line; what paints it takes no room. */
function cut(line: string, width: number): string {
  let room = width;
  let text = "";
  let isPainted = false;
  for (const [part] of line.matchAll(paintOrLetter)) {
    const paints = part.startsWith(escape);
    if (!paints && room-- <= 0) break;
    isPainted ||= paints;
    text += part;
  }
  return isPainted ? `${text}${escape}[0m` : text;
}

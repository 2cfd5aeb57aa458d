import type { DeskInput, SymbolBar } from "../desk/input.js";
import type { Beside } from "./kept-desk.js";

/** Which bar was heard last of each symbol and interval: a feed that begins anew tells some a second time. */
export class HeardBars implements Beside {
  private times = new Map<string, number>();

  last(symbol: string, intervalMs: number): number {
    return this.times.get(keyOf(symbol, intervalMs)) ?? -Infinity;
  }

  /** Takes note of a bar; whether it lies behind all that were heard. */
  isNew({ symbol, intervalMs, bar }: SymbolBar): boolean {
    if (bar.time <= this.last(symbol, intervalMs)) return false;
    this.times.set(keyOf(symbol, intervalMs), bar.time);
    return true;
  }

  heard(inputs: readonly DeskInput[]): void {
    for (const input of inputs) if (input.kind === "bars") for (const bar of input.bars) this.isNew(bar);
  }

  snapshot(): readonly (readonly [string, number])[] {
    return [...this.times];
  }

  restore(snapshot: ReturnType<HeardBars["snapshot"]>): void {
    this.times = new Map(snapshot);
  }
}

const keyOf = (symbol: string, intervalMs: number): string => `${intervalMs} ${symbol}`;

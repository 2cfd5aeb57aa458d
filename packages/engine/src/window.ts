import { freshRoom, type Room } from "./room.js";

/** What a window keeps from one run to the next. Plain data. */
export interface WindowSnapshot {
  readonly bars: number;
  /** For every column its last values, as many as are looked back on. */
  readonly tails: readonly Float64Array[];
}

/** The values that a window's columns hold: with room for several short blocks, so that they are moved seldom. */
export const capacityOf = (lookback: number, longestBlock: number): number =>
  lookback + Math.max(longestBlock, lookback, 64);

/**
 * The columns of one clock, as windows on its history. In front of the newest block each keeps as many values as are
 * looked back on; before the first bar these are NaN, so no kernel has a first-bar case.
 */
export class Window {
  /** Bars so far. */
  bars = 0;
  /** Where the newest block starts and ends in the columns. */
  start: number;
  end: number;
  readonly columns: Float64Array[] = [];
  private readonly capacity: number;

  constructor(
    private readonly lookback: number,
    longestBlock: number,
    private readonly room: Pick<Room, "doubles"> = freshRoom,
  ) {
    this.capacity = capacityOf(lookback, longestBlock);
    this.start = this.end = lookback;
  }

  addColumn(): Float64Array {
    const column = this.room.doubles(this.capacity).fill(NaN);
    this.columns.push(column);
    return column;
  }

  /** Makes room for a block of bars behind those there are. */
  grow(count: number): void {
    if (this.end + count > this.capacity) {
      for (const column of this.columns) column.copyWithin(0, this.end - this.lookback, this.end);
      this.end = this.lookback;
    }
    this.start = this.end;
    this.end += count;
    this.bars += count;
  }

  /** Forgets the newest bars, which must be of the newest block. */
  takeBack(count: number): void {
    this.end -= count;
    this.bars -= count;
    this.start = Math.min(this.start, this.end);
  }

  positionOf(bar: number): number {
    return this.end - this.bars + bar;
  }

  snapshot(): WindowSnapshot {
    const from = this.end - this.lookback;
    return { bars: this.bars, tails: this.columns.map((column) => column.slice(from, this.end)) };
  }

  restore({ bars, tails }: WindowSnapshot): void {
    this.bars = bars;
    this.start = this.end = this.lookback;
    tails.forEach((tail, i) => {
      this.columns[i].set(tail);
    });
  }
}

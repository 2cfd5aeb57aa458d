import { BitFeverError } from "@bitfever/lang";
import { feasiblePoints, sizeOf } from "./points.js";
import { pointAt } from "./scale.js";
import type { Point, Space } from "./space.js";

/** Draws in a row without a new point before they count as hopeless, where all points can be looked at and where not. */
const patience = { countable: 1_000, other: 100_000 };
/** Of more points than this no list is made. */
const mostListed = 1_000_000;

/** The points of a space that a study has not tried yet. */
export class Untried {
  private readonly tried = new Set<string>();
  /** What is left, once that had to be listed: tried ones may still be among them. */
  private left: Point[] | null = null;

  constructor(
    private readonly space: Space,
    private readonly random: () => number,
  ) {}

  /** Whether a point was never taken, and `require` allows it. */
  allows(point: Point): boolean {
    return !this.tried.has(keyOf(point)) && this.space.isFeasible(point);
  }

  /** Takes a point if it may be taken. */
  take(point: Point): boolean {
    const isAllowed = this.allows(point);
    if (isAllowed) this.tried.add(keyOf(point));
    return isAllowed;
  }

  /**
   * Takes a point by chance, evenly on the scales of its dimensions; null where no more are found.
   *
   * @throws BitFeverError BF5112 where not even a first is found
   */
  draw(): Point | null {
    if (this.left !== null) return this.drawListed(this.left);
    const isCountable = sizeOf(this.space) <= mostListed;
    for (let i = isCountable ? patience.countable : patience.other; i > 0; i--) {
      const point = pointAt(this.space, this.space.dimensions.map(this.random));
      if (this.take(point)) return point;
    }
    if (isCountable) {
      this.left = [...feasiblePoints(this.space)].filter((each) => !this.tried.has(keyOf(each)));
      return this.draw();
    }
    if (this.tried.size === 0)
      throw nothingAllowed(`none of ${patience.other} points drawn by chance is allowed`);
    return null;
  }

  /** So many of them, or all that are found. */
  drawMany(count: number): readonly Point[] {
    const points: Point[] = [];
    for (let point; points.length < count && (point = this.draw()) !== null;) points.push(point);
    return points;
  }

  private drawListed(left: Point[]): Point | null {
    while (left.length > 0) {
      const place = Math.floor(this.random() * left.length);
      const point = left[place];
      left[place] = left[left.length - 1];
      left.pop();
      if (this.take(point)) return point;
    }
    if (this.tried.size === 0) throw nothingAllowed("no point of the search space is allowed");
    return null;
  }
}

/** A name for a point by which equal ones are found. */
export const keyOf = (point: Point): string => point.join(" ");

/** The error for a space without a point. */
export const nothingAllowed = (problem: string): BitFeverError =>
  new BitFeverError("BF5112", `${problem} by the program's \`require\``, {
    hint: "narrow the ranges of the parameters to where it holds, or loosen it",
  });

import type { Catalogue } from "./catalogue.js";
import type { Let, TypedExpression } from "./program.js";

/** What a value in prices is: where the market stands, or how far from there; null is not known. */
type Place = "level" | "distance" | null;

export interface Places {
  readonly lets: ReadonlyMap<string, Place>;
  readonly catalogue: Catalogue;
}

/** What the `let`s of a program are, which come in an order in which each needs only those before it. */
export function placesOf(lets: readonly Let[], catalogue: Catalogue): Places {
  const known = new Map<string, Place>();
  for (const { name, value } of lets) known.set(name, placeOf(value, { lets: known, catalogue }));
  return { lets: known, catalogue };
}

/** Whether a value is surely how far prices are apart: no order can wait at it. */
export const isDistance = (of: TypedExpression, known: Places): boolean => placeOf(of, known) === "distance";

function placeOf(of: TypedExpression, known: Places): Place {
  switch (of.kind) {
    case "field":
      return "level";
    case "let":
      return known.lets.get(of.name) ?? null;
    case "delay":
    case "latest":
    case "forming":
      return placeOf(of.of, known);
    case "call":
      return known.catalogue.get(of.name)?.outputs[of.output].isDistance === true ? "distance" : null;
    case "apply":
      return placeOfOperation(of.kernel, of.operands, known);
    default:
      return null;
  }
}

function placeOfOperation(kernel: string, operands: readonly TypedExpression[], known: Places): Place {
  const [left, right] = operands;
  switch (kernel) {
    // A price turned round is below zero.
    case "negate":
      return placeOf(left, known) === null ? null : "distance";
    case "subtract": {
      const [from, by] = [placeOf(left, known), placeOf(right, known)];
      if (from === null || by === null) return null;
      return from === "level" && by === "distance" ? "level" : "distance";
    }
    case "add":
      return operands.every((each) => isDistance(each, known)) ? "distance" : null;
    case "multiply": {
      const [price, factor] = isPrice(left) ? [left, right] : [right, left];
      return isPrice(price) ? timesPlace(placeOf(price, known), factor) : null;
    }
    case "divide":
      return isPrice(left) ? timesPlace(placeOf(left, known), right) : null;
    default:
      return null;
  }
}

const isPrice = ({ type }: TypedExpression): boolean => type.kind === "number" && type.unit?.price === 1;

/** A distance stays one; a level times something below zero is none any more. */
function timesPlace(place: Place, factor: TypedExpression): Place {
  if (place !== "level") return place;
  const isNegative =
    factor.kind === "apply" && factor.kernel === "negate" && factor.operands[0].kind === "constant";
  return isNegative ? "distance" : place;
}

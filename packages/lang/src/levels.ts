import type { Catalogue } from "./catalogue.js";
import type { TypedExpression } from "./program.js";

/** What a value in prices is: where the market stands, or how far from there; null is not known. */
type Place = "level" | "distance" | null;

interface Known {
  readonly lets: ReadonlyMap<string, TypedExpression>;
  readonly catalogue: Catalogue;
}

/** Whether a value is surely how far prices are apart: no order can wait at it. */
export const isDistance = (of: TypedExpression, known: Known): boolean => placeOf(of, known) === "distance";

function placeOf(of: TypedExpression, known: Known): Place {
  switch (of.kind) {
    case "field":
      return "level";
    case "let": {
      const value = known.lets.get(of.name);
      return value === undefined ? null : placeOf(value, known);
    }
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

function placeOfOperation(kernel: string, operands: readonly TypedExpression[], known: Known): Place {
  const [left, right] = operands;
  switch (kernel) {
    // A price turned round is below zero.
    case "negate":
      return placeOf(left, known) === null ? null : "distance";
    case "subtract": {
      const places = [placeOf(left, known), placeOf(right, known)];
      if (places[0] === null || places[1] === null) return null;
      return places[0] === "level" && places[1] === "distance" ? "level" : "distance";
    }
    case "add": {
      const places = [placeOf(left, known), placeOf(right, known)];
      return places.every((each) => each === "distance") ? "distance" : null;
    }
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

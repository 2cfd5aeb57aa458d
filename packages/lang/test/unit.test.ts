import { expect, test } from "vitest";
import { multiplyUnits, rootUnit, units } from "../src/unit.js";

test.each(Object.entries(units))("the root of a squared %s is it", (_name, unit) => {
  expect(rootUnit(multiplyUnits(unit, unit))).toEqual(unit);
});

test.each(["price", "money", "bars"] as const)("%s has no root", (name) => {
  expect(rootUnit(units[name])).toBeNull();
});

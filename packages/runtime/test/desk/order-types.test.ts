import { expect, it } from "vitest";
import { waitsTwice } from "../../src/desk/order-types.js";
import { minutePlan } from "../simulation/programs.js";

it.each([
  ["a stop and a target", "enter long when true { size 1 stop by 2 target by 3 }", true],
  ["a stop and a target for a part", "enter long when true { size 1 stop by 2 target by 3 take 50% }", true],
  ["a trail and a target", "enter short when true { size 1 trail by 2 target by 3 }", true],
  [
    "a stop, and an exit at a price",
    "enter long when true { size 1 stop by 2 }\nexit at limit high when true",
    true,
  ],
  [
    "a stop, and an exit at a close",
    "enter long when true { size 1 stop by 2 }\nexit at close when true",
    true,
  ],
  [
    "two exits at prices",
    "enter long when true { size 1 unprotected }\nexit long at limit high when true\nexit long at stop low when true",
    true,
  ],
  ["a stop, and an exit at the open", "enter long when true { size 1 stop by 2 }\nexit when true", false],
  ["a stop that trails", "enter long when true { size 1 stop by 2 trail by 1 }", false],
  ["targets alone", "enter long when true { size 1 unprotected target by 1 take 50% target by 2 }", false],
  [
    "a stop on one side, a target on the other",
    "enter long when true { size 1 stop by 2 }\nenter short when false { size 1 unprotected target by 2 }",
    false,
  ],
])("%s: two orders may wait to close the same: %s", (_name, body, expected) => {
  expect(waitsTwice(minutePlan("A", body))).toBe(expected);
});

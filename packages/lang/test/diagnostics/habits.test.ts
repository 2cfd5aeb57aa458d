import { expect, test } from "vitest";
import { rendered } from "../helpers.js";
import { habits } from "./cases.js";

test.each(habits)("%s", (text) => {
  expect(rendered(text)).toMatchSnapshot();
});

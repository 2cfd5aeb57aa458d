import { expect, test } from "vitest";
import { rendered } from "../helpers.js";
import { types } from "./cases.js";

test.each(types)("%s", (text) => {
  expect(rendered(text)).toMatchSnapshot();
});

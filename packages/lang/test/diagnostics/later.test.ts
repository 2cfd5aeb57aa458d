import { expect, test } from "vitest";
import { rendered } from "../helpers.js";
import { later } from "./cases.js";

test.each(later)("%s", (text) => {
  expect(rendered(text)).toMatchSnapshot();
});

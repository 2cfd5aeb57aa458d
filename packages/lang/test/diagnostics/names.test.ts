import { expect, test } from "vitest";
import { rendered } from "../helpers.js";
import { names } from "./cases.js";

test.each(names)("%s", (text) => {
  expect(rendered(text)).toMatchSnapshot();
});

import { expect, test } from "vitest";
import { rendered } from "../helpers.js";
import { syntax } from "./cases.js";

test.each(syntax)("%s", (text) => {
  expect(rendered(text)).toMatchSnapshot();
});

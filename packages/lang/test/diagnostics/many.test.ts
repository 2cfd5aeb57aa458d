import { expect, test } from "vitest";
import { rendered } from "../helpers.js";
import { many } from "./cases.js";

test.each(many)("%s", (text) => {
  expect(rendered(text)).toMatchSnapshot();
});

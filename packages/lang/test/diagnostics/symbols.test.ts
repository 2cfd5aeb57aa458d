import { expect, test } from "vitest";
import { rendered } from "../helpers.js";
import { symbols } from "./cases.js";

test.each(symbols)("%s", (text) => {
  expect(rendered(text)).toMatchSnapshot();
});

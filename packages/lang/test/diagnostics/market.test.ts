import { expect, test } from "vitest";
import { rendered } from "../helpers.js";
import { market } from "./cases.js";

test.each(market)("%s", (text) => {
  expect(rendered(text)).toMatchSnapshot();
});

import { expect, test } from "vitest";
import { rendered } from "../helpers.js";
import { slips } from "./cases.js";

test.each(slips)("%s", (text) => {
  expect(rendered(text)).toMatchSnapshot();
});

import { expect, test } from "vitest";
import { rendered } from "../helpers.js";
import { language } from "./cases.js";

test.each(language)("%s", (text) => {
  expect(rendered(text)).toMatchSnapshot();
});

import { expect, it } from "vitest";
import { BitFeverError } from "../src/error.js";

it("what a copy of this package throws is a BitFeverError, too, and nothing else is", () => {
  class BitFeverErrorOfACopy extends Error {
    override readonly name = "BitFeverError";
    readonly code = "BF5000";
  }
  expect(new BitFeverErrorOfACopy() instanceof BitFeverError).toBe(true);
  expect(new BitFeverError("BF5000", "text") instanceof BitFeverError).toBe(true);
  expect(new Error("text") instanceof BitFeverError).toBe(false);
  expect(Object.assign(new Error("text"), { code: "ENOENT" }) instanceof BitFeverError).toBe(false);
  expect({ name: "BitFeverError", code: "BF5000" } instanceof BitFeverError).toBe(false);
});

import { BitFeverError } from "@bitfever/lang";

/** What an account cannot be asked for. */
export const usage = (what: string, hint: string): BitFeverError =>
  new BitFeverError("BF5187", what, { hint });

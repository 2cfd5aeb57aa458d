import { BitFeverError } from "@bitfever/lang";

/** The code of the error that something throws. */
export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof BitFeverError) return error.code;
    throw error;
  }
  return "nothing was thrown";
}

import type { Indicator } from "@bitfever/engine";
import type { Gate } from "@bitfever/runtime";

/** What an account is made with besides what BitFever has itself: who tells its journal again needs the same. */
export interface OwnParts {
  readonly indicators?: readonly Indicator[] | undefined;
  readonly gates?: readonly Gate[] | undefined;
}

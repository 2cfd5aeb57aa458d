import { BitFeverError } from "@bitfever/lang";
import type { JournalReader } from "@bitfever/runtime";
import type { AccountSetup } from "./account-setup.js";

/**
 * The setup that a journal begins with.
 *
 * @throws BitFeverError BF5182 for a journal that begins with something else
 */
export function keptSetup(journal: JournalReader, place: string): AccountSetup {
  const fail = (what: string, hint: string): never => {
    throw new BitFeverError("BF5182", `${place} is not the journal of an account: ${what}`, { hint });
  };
  const asked = "give the folder that `bf paper --journal` has made";
  if (journal.last === 0) return fail("it has no record yet", asked);
  if (journal.first > 1)
    return fail(
      `it begins with record ${journal.first}, and its setup is in the first`,
      "bring back the older segments that were taken away",
    );
  const [first] = journal.records(1);
  const { setup } = (typeof first.body === "object" ? first.body : null) as { setup?: AccountSetup };
  const schema: unknown = setup?.schema;
  if (setup === undefined) return fail("its first record is no setup", asked);
  if (schema === "bitfever/account-setup@1") return setup;
  return fail(
    `its setup is of the schema ${JSON.stringify(schema)}`,
    "another version of BitFever has begun it: read it with that one",
  );
}

import { BitFeverError } from "@bitfever/runtime";

/**
 * Loads a package that only some venues need.
 *
 * @throws BitFeverError BF5300 where it is not installed
 */
export async function peer<Module>(name: string, what: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new BitFeverError("BF5300", `${what} needs the package ${name}, which is not installed`, {
      cause,
      hint: `npm install ${name}`,
    });
  }
}

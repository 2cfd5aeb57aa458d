import type * as tws from "@stoqey/ib";

export type TwsLibrary = typeof tws;

/** A word of the client library, which is loaded only where it is used: its enums are the texts that are sent. */
export const word = <Word extends string>(text: `${Word}`): Word => text as unknown as Word;

/** Whether what is told under the number of an error only warns. */
export function isWarning(library: TwsLibrary, code: number, error: Error): boolean {
  const isOnlySo: (code: number, error: Error) => boolean = library.isNonFatalError;
  return isOnlySo(code, error);
}

interface NumberedFiles {
  readonly name: (number: number) => string;
  /** The numbers of such files among others, smallest first. */
  readonly numbersIn: (names: readonly string[]) => readonly number[];
}

/** As many digits as the number needs, and eight at least. */
function numbered(ending: string): NumberedFiles {
  const pattern = new RegExp(`^(\\d{8,15})\\.${ending}$`);
  const numberOf = (name: string): readonly number[] => {
    const found = pattern.exec(name);
    return found === null ? [] : [Number(found[1])];
  };
  return {
    name: (number) => `${String(number).padStart(8, "0")}.${ending}`,
    numbersIn: (names) => names.flatMap(numberOf).sort((a, b) => a - b),
  };
}

/** Numbered by the first record that they have or will have. */
export const segmentFiles = numbered("journal");
/** Numbered by the record that they follow. */
export const snapshotFiles = numbered("snapshot");

/** Whether a journal may have such a file. */
export const isOfJournals = (name: string): boolean =>
  /^(\d{8,15}\.(journal|snapshot)(\.damaged(-\d+)?)?(\.part)?|lock(\..*)?)$/.test(name);

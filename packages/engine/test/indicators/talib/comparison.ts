/** How one of TA-Lib's functions is called here. */
export interface Comparison {
  readonly ours: string;
  /** Our parameters, in order, from TA-Lib's by name. */
  readonly parameters: (params: Params) => number[];
  /** Relative; 0 is every bit. Where it is not 0, the same is computed in another order, or multiplied by a weight instead of divided. */
  readonly tolerance: number;
  /** Series that we take, where it is not the close. */
  readonly inputs?: readonly string[];
}

export type Params = Readonly<Record<string, number>>;
export type Comparisons = Readonly<Record<string, Comparison>>;

export const period = ({ TimePeriod }: Params): number[] => [TimePeriod];
export const none = (): number[] => [];

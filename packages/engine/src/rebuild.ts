/** A running sum drifts; after so many bars it is added up anew. */
export const barsBetweenRebuilds = 65_536;

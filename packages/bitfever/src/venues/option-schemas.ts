import { z } from "zod";

/** An option of a venue, with what it should be: the same words for who reads an error and for who writes in an editor. */
export const text = (what: string): z.ZodString =>
  z.string({ error: what }).min(1, { error: what }).meta({ description: what });

export const milliseconds = (what: string): z.ZodInt =>
  z.int({ error: what }).positive({ error: what }).meta({ description: what });

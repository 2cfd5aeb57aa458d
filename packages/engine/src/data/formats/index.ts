import { arrow } from "./arrow.js";
import { csv } from "./csv.js";
import { parquet } from "./parquet.js";

/** Every kind of file bars are read from. */
export const formats = [csv, arrow, parquet] as const;

export type FormatName = (typeof formats)[number]["name"];

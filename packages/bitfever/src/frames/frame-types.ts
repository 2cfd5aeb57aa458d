// The types that a frame and what is made of it have. Whoever keeps one in a variable has to be able to name it: a notebook writes
// the declarations of each cell for the next one.

/** A table of danfojs: columns of one kind each, by name. */
export type { DataFrame } from "danfojs-node";
/** A column of a frame. */
export type { Series } from "danfojs-node";
/** What the parts of danfojs that frames come from have in common. */
export type { default as BaseDataFrame } from "danfojs-node/dist/danfojs-base/core/frame";
/** What its columns have in common. */
export type { default as BaseSeries } from "danfojs-node/dist/danfojs-base/core/series";
/** A frame by groups of rows, as `groupby` gives it. */
export type { default as GroupedFrame } from "danfojs-node/dist/danfojs-base/aggregators/groupby";

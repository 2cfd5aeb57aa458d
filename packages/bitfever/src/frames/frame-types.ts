// The types that a frame and what is made of it have. Whoever keeps one in a variable has to be able to name it: a notebook writes
// the declarations of each cell for the next one.

export type { DataFrame, Series } from "danfojs-node";
export type { default as BaseDataFrame } from "danfojs-node/dist/danfojs-base/core/frame";
export type { default as BaseSeries } from "danfojs-node/dist/danfojs-base/core/series";
export type { default as GroupedFrame } from "danfojs-node/dist/danfojs-base/aggregators/groupby";

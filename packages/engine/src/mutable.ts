/** What is written over again and again, where it is made for each of many: one object for all of them. */
export type Mutable<Shape> = { -readonly [Name in keyof Shape]: Shape[Name] };

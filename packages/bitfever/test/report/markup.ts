import { expect } from "vitest";

/* What a page is made of, for tests. */

/** The page without the insides of scripts and styles, which are not markup. */
export const markupOf = (page: string): string =>
  page.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/g, "$1$3");

const empty = new Set(["meta", "link"]);

/** As a reader sees line ends and indents: not at all. */
export const calm = (page: string): string => page.replace(/\s+/g, " ");

/** Every element in order of opening; fails when one is closed that is not open. */
export function elementsOf(page: string): readonly string[] {
  const names: string[] = [];
  const open: string[] = [];
  for (const [, slash, name, rest] of markupOf(page).matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|[^">])*)>/g,
  )) {
    if (slash === "/") expect(`</${name}>`).toBe(`</${open.pop()}>`);
    else {
      names.push(name);
      if (!empty.has(name) && !rest.endsWith("/")) open.push(name);
    }
  }
  expect(open).toEqual([]);
  return names;
}

export const hostile = `</script><script>alert(1)</script>"'><img src=x onerror=alert(2)> & <!-- \u2028\u2029 ]]> </style>`;

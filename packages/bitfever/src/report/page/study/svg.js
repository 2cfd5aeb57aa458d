/* global document */

/**
 * A new element of a picture.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | number>>} attributes
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svgElement(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/**
 * A name where there is room for so many characters, whole for who points at it.
 *
 * @param {string} text
 * @param {number} most
 * @param {Readonly<Record<string, string | number>>} attributes
 */
export function svgLabel(text, most, attributes) {
  const isCut = text.length > most;
  return svgElement(
    "text",
    attributes,
    isCut ? `${text.slice(0, Math.max(1, most - 1))}…` : text,
    ...(isCut ? [svgElement("title", {}, text)] : []),
  );
}

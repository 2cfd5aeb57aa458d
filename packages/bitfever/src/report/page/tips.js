/* global document, innerWidth, innerHeight */
import { byId } from "./dom.js";

/** Shows the text that explains an element, beside it, while it is pointed at or has the focus. */
export function startTips() {
  const bubble = byId("tip");
  const hide = () => {
    bubble.hidden = true;
  };

  /** @param {Event} event */
  const show = ({ target }) => {
    const owner = target instanceof Element ? target.closest(".tip") : null;
    const text =
      owner === null ? null : document.getElementById(owner.getAttribute("aria-describedby") ?? "");
    bubble.hidden = owner === null || text === null;
    if (owner === null || text === null) return;
    bubble.textContent = text.textContent;
    placeBeside(bubble, owner.getBoundingClientRect());
  };
  document.addEventListener("mouseover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("focusout", hide);
  document.addEventListener("scroll", hide, { capture: true, passive: true });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
}

/**
 * Below the box, or above it where there is no room, and never outside the window.
 *
 * @param {HTMLElement} bubble
 * @param {{ left: number, top: number, bottom: number }} box
 */
export function placeBeside(bubble, { left, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = bubble;
  const room = 8;
  bubble.style.left = `${Math.max(room, Math.min(left, innerWidth - width - room))}px`;
  bubble.style.top = `${bottom + room + height > innerHeight ? Math.max(room, top - height - room) : bottom + room}px`;
}

/** Of pictures in a notebook, in pixels: they shrink where there is less room. */
export const pictureWidth = 820;

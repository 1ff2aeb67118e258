/** Hosts moved by hand in the picture. */
export const placing = {
  hint: 'Drag to move it; with the keyboard: Alt and the arrows',
  layOut: 'Lay out automatically',
};

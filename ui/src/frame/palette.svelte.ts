/** Whether the palette is open. */
let open = $state(false);

export function paletteIsOpen(): boolean {
  return open;
}

export function openPalette(): void {
  open = true;
}

export function closePalette(): void {
  open = false;
}

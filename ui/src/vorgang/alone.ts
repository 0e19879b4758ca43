/** What takes the whole window is all that can be reached in it. */

/** Makes everything beside an element and beside its ancestors out of reach while `on`. */
export function alone(element: HTMLElement, on: boolean): { update(on: boolean): void; destroy(): void } {
  let hidden: HTMLElement[] = [];

  function set(on: boolean): void {
    hidden.forEach((one) => (one.inert = false));
    hidden = on ? besides(element) : [];
    hidden.forEach((one) => (one.inert = true));
  }

  set(on);
  return { update: set, destroy: () => set(false) };
}

function besides(element: HTMLElement): HTMLElement[] {
  const list: HTMLElement[] = [];
  for (let at: HTMLElement = element; at.parentElement && at !== document.body; at = at.parentElement) {
    for (const sibling of at.parentElement.children) {
      const spoken = sibling.matches('[aria-live], [role="status"], [popover], dialog, script, style');
      if (sibling !== at && sibling instanceof HTMLElement && !sibling.inert && !spoken) list.push(sibling);
    }
  }
  return list;
}

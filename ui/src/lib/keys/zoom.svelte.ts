/** Keys that show everything larger or smaller; a browser has its own for that. */
import { zooms } from '../api/window';
import { resetZoom, stepZoom } from '../settings.svelte';
import { bind } from './registry.svelte';

export function bindZoom(): void {
  if (zooms) bind(() => ({ larger: () => stepZoom(1), smaller: () => stepZoom(-1), usualSize: resetZoom }));
}

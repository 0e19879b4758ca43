/** What has been looked at is no longer new. */
import { eingangSee, vorgangSee } from '../lib/api/commands';
import { split } from '../lib/route';
import { route } from '../lib/route.svelte';

/** Who only passes by on the way through a list has not looked. */
const LOOKED_MS = 600;

/** Marks what stays open, as long as the workspace is there. */
export function markSeen(): void {
  $effect(() => {
    const { item } = route();
    if (item === undefined) return undefined;
    const { kind, id } = split(item);
    const timer = setTimeout(() => void see(kind, id), LOOKED_MS);
    return () => clearTimeout(timer);
  });
}

/** That something was seen is a kindness of the list; nobody is told if it could not be kept. */
async function see(kind: string, id: string): Promise<void> {
  try {
    if (kind === 'vorgang') await vorgangSee({ vorgang: id });
    else if (kind === 'eingang') await eingangSee({ eingang: id });
  } catch {
    // It stays marked as new.
  }
}

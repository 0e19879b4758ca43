/** Asks where two Fassungen stand. One function, so that all who show them share the answer. */

import { call } from '../lib/api/call';
import type { Answer } from '../lib/api/commands';
import type { Conflict } from './conflict';

export function conflicts(): Promise<Answer<{ conflicts: Conflict[] }>> {
  return call('conflict.list', {});
}

/** What the answer depends on. */
export const CONFLICTS_ON: readonly string[] = ['vorgang', 'eingang', 'akte'];

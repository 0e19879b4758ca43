/** Asks where two Fassungen stand: one question, so that all who show them share the answer. */

import { conflictList } from '../lib/api/commands';

export const conflicts = (): ReturnType<typeof conflictList> => conflictList();

/** What the answer depends on. */
export const CONFLICTS_ON: readonly string[] = ['vorgang', 'eingang', 'akte'];

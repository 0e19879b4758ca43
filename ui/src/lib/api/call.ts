// The one way to the command table: Tauri in the window, HTTP at the test host. Nothing else in the
// face knows which of the two it is.

import type { Answer, AppError, Code } from './commands';
import { tellChanged } from './events';
import { invoke, isWindow } from './tauri';

/** What went wrong, in words for people: what happened, and what to do. */
export class CommandError extends Error {
  readonly code: Code;
  readonly sentence: string;
  readonly hint: string;

  constructor(error: AppError) {
    super(`${error.sentence} ${error.hint}`);
    this.name = 'CommandError';
    this.code = error.code;
    this.sentence = error.sentence;
    this.hint = error.hint;
  }
}

/** Runs a command of the table. `commands.ts` has one typed function per command; use those. */
export async function call<T>(name: string, payload: object): Promise<Answer<T>> {
  const answer = await (isWindow ? callWindow<T>(name, payload) : callHost<T>(name, payload));
  if (answer.changed.length > 0) tellChanged(answer.changed);
  return answer;
}

async function callWindow<T>(name: string, payload: object): Promise<Answer<T>> {
  try {
    return await invoke<Answer<T>>('run', { name, payload });
  } catch (error) {
    throw asCommandError(error);
  }
}

async function callHost<T>(name: string, payload: object): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(`/run/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
  } catch (error) {
    throw asCommandError(error);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw asCommandError(body);
  return body as Answer<T>;
}

/** Whatever was thrown; what is no error of the table is an unexpected one. */
export function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (typeof error === 'object' && error !== null && 'code' in error && 'sentence' in error) {
    return new CommandError(error as AppError);
  }
  return new CommandError({
    code: 'internal',
    sentence: 'In Kontor ist etwas Unerwartetes geschehen. Was als gespeichert gemeldet wurde, ist sicher.',
    hint: 'Bitte schließen Sie Kontor und öffnen Sie es neu.',
  });
}

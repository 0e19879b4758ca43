/** What went wrong, in the words the desk has for it. */
export interface Failure {
  readonly code: string;
  readonly sentence: string;
  readonly hint: string;
}

/** Whatever was thrown, as something that can be shown. */
export function failureOf(thrown: unknown): Failure {
  if (isFailure(thrown)) return { code: thrown.code, sentence: thrown.sentence, hint: thrown.hint };
  return {
    code: 'internal',
    sentence: 'In Kontor ist etwas Unerwartetes geschehen. Was als gespeichert gemeldet wurde, ist sicher.',
    hint: 'Bitte versuchen Sie es noch einmal. Bleibt es dabei, schließen Sie Kontor und öffnen es neu.',
  };
}

function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'sentence' in thrown && 'hint' in thrown;
}

/** Where two people laid down the same thing differently. */

/** One of the two. */
export interface Side {
  /** What it should be, in words. */
  readonly text: string;
  readonly by: string;
  readonly by_name: string | null;
  readonly at: number;
  /** What choosing it means beyond the value. */
  readonly consequence: string | null;
}

/** One thing that was laid down twice. */
export interface ContestedField {
  readonly feld: string;
  readonly label: string;
  /** What stood there before. */
  readonly base: string;
  /** Of the entry that came second. */
  readonly mine: Side;
  /** Of what stood at the Zentrale by then. */
  readonly theirs: Side;
}

/** Two Fassungen nobody has decided between. */
export interface Conflict {
  /** `vorgang/0190…`. */
  readonly entity: string;
  readonly betreff: string;
  readonly conflict: string;
  readonly at: number;
  readonly fields: readonly ContestedField[];
}

export type Choice = 'mine' | 'theirs';

/** What is chosen, by field. */
export type Choices = Readonly<Record<string, Choice>>;

/** The same side everywhere. */
export function all({ fields }: Conflict, side: Choice): Choices {
  return Object.fromEntries(fields.map(({ feld }) => [feld, side]));
}

/** Whether every field has been decided. */
export function complete({ fields }: Conflict, choices: Choices): boolean {
  return fields.every(({ feld }) => choices[feld] !== undefined);
}

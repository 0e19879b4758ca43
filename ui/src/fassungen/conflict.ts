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
  /** What a value of one's own would be, where one may be given. */
  readonly other: 'betreff' | 'zuweisung' | 'wiedervorlage' | null;
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

/** One of the two. */
export type Which = 'mine' | 'theirs';

/** A value of one's own, as the Zentrale wants it. */
export interface Other {
  readonly other: Readonly<Record<string, unknown>>;
}

export type Choice = Which | Other;

/** What is chosen, by field. */
export type Choices = Readonly<Record<string, Choice>>;

/** What somebody wrote as a value of their own; nothing if they wrote nothing. */
export function otherOf({ feld, other }: ContestedField, written: string): Other | undefined {
  const value = written.trim();
  if (value === '' || other === null) return undefined;
  if (other === 'wiedervorlage') return { other: { wiedervorlage: [feld.slice(feld.indexOf('/') + 1), value] } };
  return { other: { [other]: value } };
}

/** The choices with another one for a field, or without one. */
export function choose(choices: Choices, feld: string, choice: Choice | undefined): Choices {
  const rest = Object.entries(choices).filter(([one]) => one !== feld);
  return Object.fromEntries(choice === undefined ? rest : [...rest, [feld, choice]]);
}

/** The same side everywhere. */
export function all({ fields }: Conflict, side: Which): Choices {
  return Object.fromEntries(fields.map(({ feld }) => [feld, side]));
}

/** Whether every field has been decided. */
export function complete({ fields }: Conflict, choices: Choices): boolean {
  return fields.every(({ feld }) => choices[feld] !== undefined);
}

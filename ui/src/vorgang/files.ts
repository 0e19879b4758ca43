/** Files that somebody chose, before they are taken in. */

/** Why one of them is not taken in. */
export interface Problem {
  readonly sentence: string;
  readonly hint: string;
}

/** One file. */
export interface Chosen {
  readonly path: string;
  /** What it is called, safe to be shown. */
  readonly name: string;
  /** What the Schriftstück will be about; changed by whoever takes it in. */
  readonly betreff: string;
  readonly medientyp?: string;
  readonly sizeBytes?: number;
  readonly problem?: Problem;
}

/** A file as the desk has looked at it. */
interface Looked {
  readonly path: string;
  readonly name: string;
  readonly betreff: string | null;
  readonly medientyp: string | null;
  readonly size_bytes: number | null;
  readonly problem: Problem | null;
}

/** Files that can be taken in. */
export function fitting(files: readonly Chosen[]): Chosen[] {
  return files.filter(({ problem }) => !problem);
}

/** What was looked at anew, with what somebody has written about those that were there. */
export function merged(before: readonly Chosen[], looked: readonly Looked[]): Chosen[] {
  return looked.map(({ path, name, betreff, medientyp, size_bytes, problem }, at) => ({
    path,
    name,
    betreff: before[at]?.path === path ? before[at].betreff : (betreff ?? ''),
    medientyp: medientyp ?? undefined,
    sizeBytes: size_bytes ?? undefined,
    problem: problem ?? undefined,
  }));
}

/** With what came out only when they were to be taken in. */
export function marked(
  files: readonly Chosen[],
  refused: readonly { readonly path: string; readonly problem: Problem }[],
): Chosen[] {
  const problems = new Map(refused.map(({ path, problem }) => [path, problem]));
  return files.map((file) => ({ ...file, problem: file.problem ?? problems.get(file.path) }));
}

/** The Aktenplan with the Akten that stand in it. */
import type { AkteListLine } from '../lib/api/commands';
import type { Node } from '../shared/tree/tree';

/** Marks what is an Akte among the nodes of the plan. */
export const AKTE = 'akte/';

/** Hangs every Akte below its place; places without any, here or further down, are left out. */
export function withAkten(plan: readonly Node[], akten: readonly AkteListLine[]): Node[] {
  const byPlace = new Map<string, AkteListLine[]>();
  for (const akte of akten) {
    const there = byPlace.get(akte.aktenplaneintrag);
    if (there) there.push(akte);
    else byPlace.set(akte.aktenplaneintrag, [akte]);
  }
  return plan.flatMap((node) => grown(node, byPlace));
}

function grown(node: Node, byPlace: ReadonlyMap<string, readonly AkteListLine[]>): Node[] {
  const here = (byPlace.get(node.id) ?? []).map(({ akte, aktenzeichen, betreff }): Node => ({
    id: `${AKTE}${akte}`,
    label: `${aktenzeichen} ${betreff}`,
    children: [],
  }));
  const children = [...node.children.flatMap((child) => grown(child, byPlace)), ...here];
  return children.length === 0 ? [] : [{ ...node, children }];
}

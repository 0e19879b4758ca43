/** A tree as the rows that show of it. */

/** One node with everything below it. */
export interface Node {
  readonly id: string;
  readonly label: string;
  /** Said behind the label. */
  readonly hint?: string;
  readonly children: readonly Node[];
}

/** A node that shows. */
export interface Row {
  readonly node: Node;
  /** From 1. */
  readonly level: number;
  /** Its place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
  readonly parent: string | undefined;
}

/** The rows that show when these nodes are unfolded, from top to bottom. */
export function rowsOf(nodes: readonly Node[], unfolded: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  const walk = (nodes: readonly Node[], level: number, parent: string | undefined): void => {
    nodes.forEach((node, at) => {
      rows.push({ node, level, position: at + 1, siblings: nodes.length, parent });
      if (unfolded.has(node.id)) walk(node.children, level + 1, node.id);
    });
  };
  walk(nodes, 1, undefined);
  return rows;
}

/** The nodes above a node, the topmost first; nothing if it is not there. */
export function above(nodes: readonly Node[], id: string): string[] | undefined {
  for (const node of nodes) {
    if (node.id === id) return [];
    const path = above(node.children, id);
    if (path) return [node.id, ...path];
  }
  return undefined;
}

/** What a key does at a row: goes to another, folds, unfolds; nothing if it means nothing here. */
export function move(
  key: string,
  rows: readonly Row[],
  at: number,
  unfolded: ReadonlySet<string>,
): { to: number } | { fold: string } | { unfold: string } | undefined {
  const row = rows[at];
  if (!row) return undefined;
  const open = unfolded.has(row.node.id);
  switch (key) {
    case 'ArrowDown':
      return { to: Math.min(at + 1, rows.length - 1) };
    case 'ArrowUp':
      return { to: Math.max(at - 1, 0) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: rows.length - 1 };
    case 'ArrowRight':
      if (row.node.children.length === 0) return undefined;
      return open ? { to: at + 1 } : { unfold: row.node.id };
    case 'ArrowLeft':
      if (open && row.node.children.length > 0) return { fold: row.node.id };
      return row.parent === undefined ? undefined : { to: rows.findIndex(({ node }) => node.id === row.parent) };
    default:
      return undefined;
  }
}

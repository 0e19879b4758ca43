/** Addresses within the desk, as text and back. */

export const VIEWS = ['eingang', 'vorgaenge', 'wiedervorlagen', 'akten', 'suche', 'wartet', 'einstellungen'] as const;

/** A view of the navigation. */
export type View = (typeof VIEWS)[number];

/** A place. */
export interface Route {
  readonly view: View;
  /** What is open in the workspace: `vorgang/0190…`. */
  readonly item: string | undefined;
  readonly tab: string | undefined;
  /** What the list is narrowed to. */
  readonly query: Readonly<Record<string, string>>;
}

/** Reads an address; whatever is not understood is left out. */
export function parse(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [view, kind, id, tab] = path.split('/').map(decode);
  const known = VIEWS.find((one) => one === view);
  return {
    view: known ?? 'eingang',
    item: known && kind && id ? `${kind}/${id}` : undefined,
    tab: known && kind && id && tab ? tab : undefined,
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

/** Writes an address. */
export function format({ view, item, tab, query }: Route): string {
  const path = [view, ...(item?.split('/') ?? []), ...(item && tab ? [tab] : [])].map(encodeURIComponent).join('/');
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return search === '' ? `#/${path}` : `#/${path}?${search}`;
}

/** Kind and id of an entity: `vorgang/0190…`. */
export function split(item: string): { kind: string; id: string } {
  const at = item.indexOf('/');
  return at < 0 ? { kind: item, id: '' } : { kind: item.slice(0, at), id: item.slice(at + 1) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

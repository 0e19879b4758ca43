/** How two parts share a width. */

/** What each part needs at least, in CSS pixels. */
export interface Bounds {
  readonly firstMin: number;
  readonly secondMin: number;
}

export const GRIP_PX = 7;

/** The first part's share that both can live with; what the first needs goes before. */
export function fit(share: number, width: number, { firstMin, secondMin }: Bounds): number {
  const room = width - GRIP_PX;
  if (room <= 0) return share;
  const least = Math.min(firstMin / room, 1);
  const most = Math.max(1 - secondMin / room, least);
  return Math.min(Math.max(share, least), most);
}

/** The share after a key; none if the key means nothing here. */
export function stepped(key: string, share: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return share - 0.03;
    case 'ArrowRight':
      return share + 0.03;
    case 'Home':
      return 0;
    case 'End':
      return 1;
    default:
      return undefined;
  }
}

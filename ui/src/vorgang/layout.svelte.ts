/** How the workspace is divided; the same for every Vorgang, until the window is closed. */

export const workspace = $state({
  /** The parts' share of the width, beside the document. */
  share: 0.45,
  /** Narrower than this, the document becomes a tab. */
  narrowPx: 640,
});

// What only a window has: dialogs, dropped files, a second window. In a browser the nearest thing to it.

import { asCommandError } from './call';
import { invoke, isWindow, listen, setZoom } from './tauri';

/** A file somebody chose or dropped: a path on this machine, and its name for people. */
export interface ChosenFile {
  path: string;
  name: string;
}

/** Where something was dropped, in CSS pixels of the window. */
export interface Place {
  x: number;
  y: number;
}

/** What hangs over the window, or was let go. */
export type Drop =
  { kind: 'over'; place: Place } | { kind: 'left' } | { kind: 'dropped'; place: Place; files: ChosenFile[] };

/** Where the pages of documents are: put `/<hash>/…` behind it. */
export function pageBase(): string {
  if (!isWindow) return '/seite';
  // WebView2 knows own schemes only as hosts.
  return navigator.userAgent.includes('Windows') ? 'http://seite.localhost' : 'seite://localhost';
}

/** Whether this window enlarges by itself; a browser does it with keys of its own. */
export const zooms: boolean = isWindow;

/** Shows everything larger or smaller than usual. */
export async function zoomWindow(percent: number): Promise<void> {
  if (isWindow) await setZoom(percent / 100);
}

/** Opens a profile whose key lies under a passphrase. Throws a `CommandError`. */
export async function openProfile(passphrase: string): Promise<void> {
  if (isWindow) await asked('open_profile', { passphrase });
}

/** Signs somebody in through the browser of this machine. Throws a `CommandError`. */
export async function signIn(zentrale?: string): Promise<void> {
  if (isWindow) await asked('sign_in', { zentrale });
}

async function asked(command: string, parameters: Record<string, unknown>): Promise<void> {
  try {
    await invoke(command, parameters);
  } catch (error) {
    throw asCommandError(error);
  }
}

/** Lets somebody choose files; none if they thought better of it. */
export async function chooseFiles(): Promise<ChosenFile[]> {
  if (isWindow) return (await invoke<string[]>('choose_files')).map(named);
  return uploadAll(await pickInBrowser());
}

/** Lets somebody say where a file is to be saved; nothing if they thought better of it. */
export async function saveFile(suggestedName: string): Promise<string | null> {
  if (isWindow) return invoke<string | null>('choose_target', { suggestedName });
  return prompt('Speichern unter', `/tmp/${suggestedName}`);
}

/**
 * Opens a document in a window of its own, or brings that window to the front. `original` says how it is saved from
 * there.
 */
export async function openViewer(hash: string, title: string, original: object): Promise<void> {
  const wanted = { hash, title, original: JSON.stringify(original) };
  if (isWindow) {
    await invoke('open_viewer', { document: wanted });
  } else {
    window.open(`/?${new URLSearchParams({ viewer: hash, title, original: wanted.original })}`, hash);
  }
}

/** Follows a link of a document: only to the web or to a mail program, and outside of Kontor. */
export async function openExternally(uri: string): Promise<void> {
  if (!/^(https?:|mailto:)/i.test(uri)) return;
  if (isWindow) {
    await invoke('open_externally', { uri });
  } else {
    window.open(uri, '_blank', 'noopener,noreferrer');
  }
}

/** Hears of files dragged over the window and dropped onto it. */
export function onDrop(heard: (drop: Drop) => void): () => void {
  return isWindow ? onDropWindow(heard) : onDropBrowser(heard);
}

interface TauriDrop {
  paths: string[];
  position: Place;
}

function onDropWindow(heard: (drop: Drop) => void): () => void {
  const place = ({ x, y }: Place): Place => ({ x: x / devicePixelRatio, y: y / devicePixelRatio });
  const stops = [
    listen<TauriDrop>('tauri://drag-over', (at) => heard({ kind: 'over', place: place(at.position) })),
    listen<null>('tauri://drag-leave', () => heard({ kind: 'left' })),
    listen<TauriDrop>('tauri://drag-drop', (at) =>
      heard({ kind: 'dropped', place: place(at.position), files: at.paths.map(named) }),
    ),
  ];
  return () => stops.forEach((stop) => stop());
}

function onDropBrowser(heard: (drop: Drop) => void): () => void {
  const abort = new AbortController();
  const listen = <K extends 'dragover' | 'dragleave' | 'drop'>(name: K, then: (event: DragEvent) => void): void => {
    window.addEventListener(name, then, { signal: abort.signal });
  };
  const place = (event: DragEvent): Place => ({ x: event.clientX, y: event.clientY });
  listen('dragover', (event) => {
    event.preventDefault();
    heard({ kind: 'over', place: place(event) });
  });
  listen('dragleave', (event) => {
    if (event.relatedTarget === null) heard({ kind: 'left' });
  });
  listen('drop', (event) => {
    event.preventDefault();
    const at = place(event);
    const files = [...(event.dataTransfer?.files ?? [])];
    void uploadAll(files).then((chosen) => heard({ kind: 'dropped', place: at, files: chosen }));
  });
  return () => abort.abort();
}

function named(path: string): ChosenFile {
  return { path, name: path.split(/[/\\]/).pop() ?? path };
}

async function uploadAll(files: File[]): Promise<ChosenFile[]> {
  return Promise.all(
    files.map(async (file) => {
      const response = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
        method: 'POST',
        body: file,
      });
      const { path } = (await response.json()) as { path: string };
      return { path, name: file.name };
    }),
  );
}

function pickInBrowser(): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

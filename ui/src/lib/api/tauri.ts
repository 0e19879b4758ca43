// The few things of Tauri the face needs. Nothing outside this folder imports it.

import { invoke as tauriInvoke, isTauri } from '@tauri-apps/api/core';
import { listen as tauriListen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';

/** Whether this runs in the window, and not in a browser at the test host. */
export const isWindow: boolean = isTauri();

export function invoke<T>(command: string, parameters?: Record<string, unknown>): Promise<T> {
  return tauriInvoke<T>(command, parameters);
}

/** How large this window shows everything; 1 is usual. */
export function setZoom(factor: number): Promise<void> {
  return getCurrentWebview().setZoom(factor);
}

/** Listens until the function given back is called; also when that happens before it began. */
export function listen<T>(name: string, heard: (payload: T) => void): () => void {
  const listening = tauriListen<T>(name, (event) => heard(event.payload));
  return () => void listening.then((stop) => stop());
}

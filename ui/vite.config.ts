import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Where the test host of the project answers while the face is being worked on. */
const HOST = process.env['KONTOR_HOST'] ?? 'http://127.0.0.1:5190';
const behind = { target: HOST, changeOrigin: false };

export default defineConfig({
  plugins: [svelte()],
  base: './',
  build: {
    target: ['es2022', 'chrome110', 'safari16'],
    // The window's policy allows files of its own, and nothing written into other files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5180,
    strictPort: true,
    proxy: {
      '/run': behind,
      '/events': behind,
      '/upload': behind,
      '/seite': behind,
      '/token': behind,
      '/test': behind,
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});

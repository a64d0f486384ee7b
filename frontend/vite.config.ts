import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  build: {
    // The oldest WebView2 runtime that city halls still run offline.
    target: 'chrome109',
    // No inlined files: the content security policy names 'self' only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    // One file for the desk with all it shares with the other screens
    // (src/screens/others.ts): every file is a question to the program.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'index', test: /node_modules|wailsjs|src.(?!screens.(?!desk))/ }] },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    clearMocks: true,
  },
})

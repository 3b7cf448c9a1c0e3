import { defineConfig } from 'astro/config'
import { adoptedStyles } from './src/console/adopted-styles.plugin.ts'

/** Static pages; no inline script or style anywhere, because the content security policy allows none. */
export default defineConfig({
  site: process.env['PUBLIC_URL'] ?? 'http://localhost:8080',
  output: 'static',
  outDir: process.env['SITE_DIST'] ?? './dist',
  trailingSlash: 'always',
  build: { inlineStylesheets: 'never', format: 'directory' },
  devToolbar: { enabled: false },
  compressHTML: true,
  vite: {
    build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1500 },
    oxc: { jsx: { runtime: 'automatic' } },
    plugins: [adoptedStyles()],
  },
})

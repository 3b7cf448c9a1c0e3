import { fileURLToPath } from 'node:url'

const ours = fileURLToPath(new URL('./adopted-styles.ts', import.meta.url))
/** The two modules by which Ant Design and its icons write style elements, as their own files import them. */
const writers = /^(@rc-component\/util\/(es|lib)|\.{1,2})\/(Dom\/)?dynamicCSS(\.js)?$/

/**
 * A plugin of Vite: styles that Ant Design makes while it runs become constructed style sheets (`adopted-styles.ts`) instead of style elements,
 * which the content security policy of the house refuses.
 */
export function adoptedStyles() {
  return {
    name: 'adopted-styles',
    enforce: 'pre' as const,
    resolveId(source: string, importer: string | undefined) {
      const icons = source === './cssUtils' && importer?.replaceAll('\\', '/').includes('/@ant-design/icons/')
      return icons || writers.test(source) ? ours : undefined
    },
  }
}

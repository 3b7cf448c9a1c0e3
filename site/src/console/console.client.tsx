import { createRoot } from 'react-dom/client'
import { pageLanguage } from '../language.ts'
import { ConsoleFrame } from './console-frame.tsx'

/** Which console this page is; each is a piece of its own, loaded with the words Ant Design says in the reader's language. */
const place = document.getElementById('console') as HTMLElement
const consoles = {
  union: () => import('./union/union-console.tsx'),
  employer: () => import('./employer/employer-console.tsx'),
  provider: () => import('./provider/provider-console.tsx'),
  instructor: () => import('./instructor/instructor-console.tsx'),
  operator: () => import('./operator/operator-console.tsx'),
  apply: () => import('../provider/apply-console.tsx'),
}
const [{ Console }, { default: locale }] = await Promise.all([
  consoles[place.dataset['console'] as keyof typeof consoles](),
  pageLanguage() === 'zh' ? import('antd/es/locale/zh_CN.js') : import('antd/es/locale/en_GB.js'),
])
createRoot(place).render(
  <ConsoleFrame locale={locale}>
    <Console />
  </ConsoleFrame>,
)

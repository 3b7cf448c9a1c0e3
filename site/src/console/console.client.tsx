import { createRoot } from 'react-dom/client'
import { pageLanguage } from '../language.ts'
import { ConsoleFrame } from './console-frame.tsx'

/** Which console this page is; each is a piece of its own, loaded with the words Ant Design says in the reader's language. */
const place = document.getElementById('console') as HTMLElement
const [{ Console }, { default: locale }] = await Promise.all([
  place.dataset['console'] === 'union' ? import('./union/union-console.tsx') : import('./employer/employer-console.tsx'),
  pageLanguage() === 'zh' ? import('antd/es/locale/zh_CN.js') : import('antd/es/locale/en_GB.js'),
])
createRoot(place).render(
  <ConsoleFrame locale={locale}>
    <Console />
  </ConsoleFrame>,
)

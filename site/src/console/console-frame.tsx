import { App, ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale/index.js'
import { useEffect, useState, type ReactNode } from 'react'
import { houseTheme, onLookChange } from './house-theme.ts'
import { keepInside } from './keep-inside.ts'

/** Everything of a console stands in it: the house's look, the reader's language, places for messages and confirmations. */
export function ConsoleFrame({ locale, children }: { locale: Locale; children: ReactNode }) {
  const [look, setLook] = useState(houseTheme)
  useEffect(keepInside, [])
  useEffect(() => onLookChange(() => setLook(houseTheme())), [])
  return (
    <ConfigProvider locale={locale} theme={look} button={{ autoInsertSpace: false }} variant="outlined">
      <App component={false}>{children}</App>
    </ConfigProvider>
  )
}

import { theme, type ThemeConfig } from 'antd'

/** A value of the house's design tokens (`design/tokens.css`) as it is now, in the reader's scheme. */
export const houseToken = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

/** Whether the page is dark now: by the reader's choice, else by the system's. */
function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme']
  return chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
}

/** Ant Design in the colors, letters and corners of the house. Read anew when scheme or text size change. */
export function houseTheme(): ThemeConfig {
  const dark = isDark()
  const large = document.documentElement.dataset['size'] === 'large'
  const touch = matchMedia('(pointer: coarse)').matches || innerWidth < 768
  const ink = houseToken('ink')
  const surface = houseToken('surface')
  const brand = houseToken('brand')
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: 'house' },
    hashed: false,
    token: {
      colorPrimary: brand,
      colorInfo: brand,
      colorSuccess: houseToken('good'),
      colorWarning: houseToken('warn'),
      colorError: houseToken('urgent'),
      colorTextBase: ink,
      colorBgBase: dark ? houseToken('paper') : surface,
      colorText: ink,
      colorTextHeading: ink,
      colorTextSecondary: houseToken('ink-soft'),
      colorTextTertiary: houseToken('ink-soft'),
      colorTextDescription: houseToken('ink-soft'),
      colorTextPlaceholder: houseToken('ink-soft'),
      colorTextDisabled: houseToken('ink-soft'),
      colorTextLightSolid: dark ? houseToken('on-brand') : '#ffffff',
      colorBgLayout: houseToken('paper'),
      colorBgContainer: surface,
      colorBgElevated: surface,
      colorBorder: houseToken('line-strong'),
      colorBorderSecondary: houseToken('line'),
      colorSplit: houseToken('line'),
      colorLink: brand,
      colorPrimaryBg: houseToken('brand-wash'),
      colorErrorBg: houseToken('urgent-wash'),
      colorWarningBg: houseToken('warn-wash'),
      colorSuccessBg: houseToken('good-wash'),
      colorInfoBg: houseToken('brand-wash'),
      controlItemBgActive: houseToken('brand-wash'),
      controlItemBgHover: houseToken('sunk'),
      borderRadius: 6,
      borderRadiusLG: 10,
      fontFamily: 'var(--text)',
      fontSize: large ? 18 : 15,
      controlHeight: (touch ? 44 : 38) + (large ? 6 : 0),
      controlHeightSM: (touch ? 40 : 30) + (large ? 4 : 0),
      lineWidthFocus: 3,
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      wireframe: false,
    },
    components: {
      Table: { headerBg: houseToken('sunk'), headerColor: ink, rowHoverBg: houseToken('brand-wash'), cellPaddingBlockSM: touch ? 10 : 7 },
      Button: { fontWeight: 600, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Tag: { defaultBg: houseToken('sunk'), defaultColor: houseToken('ink-soft') },
      Form: { labelFontSize: large ? 18 : 15, verticalLabelPadding: '0 0 4px' },
      Modal: { titleFontSize: large ? 24 : 20 },
    },
  }
}

/** Calls back when what the theme is read from has changed; answers how to stop. */
export function onLookChange(changed: () => void): () => void {
  const watched = [matchMedia('(prefers-color-scheme: dark)'), matchMedia('(pointer: coarse)'), matchMedia('(min-width: 768px)')]
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-size'] })
  for (const one of watched) one.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    for (const one of watched) one.removeEventListener('change', changed)
  }
}

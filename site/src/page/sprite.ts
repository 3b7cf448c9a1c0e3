import nodes from 'lucide-static/icon-nodes.json'

/** The icons that pages and scripts use, by their name in the kept set. */
const iconNames = [
  'search',
  'calendar-days',
  'clock',
  'map-pin',
  'ticket',
  'user-round',
  'log-out',
  'sliders-horizontal',
  'chevron-right',
  'chevron-left',
  'arrow-right',
  'x',
  'check',
  'circle-alert',
  'info',
  'circle-check',
  'list-filter',
  'download',
  'rss',
  'bell',
  'shield-check',
  'wifi-off',
  'house',
  'book-open',
  'graduation-cap',
  'hourglass',
  'building',
  'refresh-cw',
  'triangle-alert',
  'copy',
  'layout-grid',
  'languages',
  'file-down',
  'lock',
  'receipt',
  'circle-minus',
  'ticket-percent',
  'scale',
  'timer',
  'credit-card',
  'printer',
  'undo-2',
  'users',
  'mail-open',
  'file-text',
  'qr-code',
  'id-card',
  'smartphone',
  'scan-line',
  'maximize',
  'star',
  'messages-square',
  'presentation',
] as const

type Nodes = Record<string, [string, Record<string, string>][]>

/** All icons as symbols, put once into every page at build. */
export const sprite = iconNames
  .map((name) => {
    const shapes = (nodes as unknown as Nodes)[name]
    if (!shapes) throw new Error(`the icon set has no ${name}`)
    const inside = shapes.map(
      ([tag, attributes]) =>
        `<${tag} ${Object.entries(attributes)
          .filter(([key]) => key !== 'key')
          .map(([key, value]) => `${key}="${value}"`)
          .join(' ')}/>`,
    )
    return `<symbol id="i-${name}" viewBox="0 0 24 24">${inside.join('')}</symbol>`
  })
  .join('')

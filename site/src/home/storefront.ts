import { items, type Item } from '../art/items.ts'

const stock: readonly (readonly [Item, number, number, number])[] = [
  ['helmet', 70, 128, 84],
  ['meter', 158, 128, 78],
  ['books', 240, 128, 80],
  ['drone', 336, 128, 84],
  ['suitcase', 428, 128, 76],
  ['coffee', 66, 268, 82],
  ['pineapple', 152, 268, 84],
  ['laptop', 246, 268, 92],
  ['tube', 334, 268, 82],
  ['headset', 424, 268, 80],
  ['seedling', 68, 408, 88],
  ['cart', 160, 408, 90],
  ['rocket', 248, 408, 96],
  ['submarine', 340, 408, 88],
  ['bottle', 430, 408, 80],
]
const tags: readonly (readonly [number, number, string])[] = [
  [44, 134, ''],
  [214, 134, '¥180'],
  [398, 134, '¥60'],
  [124, 274, '¥60'],
  [308, 274, ''],
  [44, 414, '¥240'],
  [222, 414, ''],
  [400, 414, '¥90'],
]

/** The picture of the home page: three shelves of goods with price tags. Drawn once, at build. */
export const storefront = (free: string) => `<svg class="storefront" viewBox="0 0 496 452" width="496" height="452" aria-hidden="true">
<rect x="8" y="16" width="480" height="436" rx="10" class="back"/>
<path d="M8 26a10 10 0 0 1 10-10h460a10 10 0 0 1 10 10v12H8z" class="post"/>
${stock.map(([item, x, floor, size]) => `<g transform="translate(${x - size / 2} ${floor - size}) scale(${size / 100})">${items[item]}</g>`).join('')}
${[128, 268, 408].map((y) => `<path d="M8 ${y}h480v22H8z" class="board"/><path d="M8 ${y}h480v4H8z" class="edge"/>`).join('')}
<path d="M8 30h10v422H8zM478 30h10v422h-10z" class="post"/>
${tags.map(([x, y, text]) => `<g transform="translate(${x} ${y})"><path d="M7 0h47v20H7L0 10z" class="tag"/><circle cx="8" cy="10" r="1.800" class="dot"/><text x="31" y="15" text-anchor="middle">${text === '' ? free : text}</text></g>`).join('')}
</svg>`

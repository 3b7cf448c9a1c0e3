import { items, type Item } from './items.ts'
import type { Aisle } from './scene-of.ts'

/** What stands on the shelf of an aisle, and the color of its back wall. The last is for an industry that has none of its own yet. */
const aisles: Record<Aisle, { wall: string; shape: string; goods: readonly Item[] }> = {
  tourism: { wall: '#cfe8e4', shape: '#b3dad4', goods: ['suitcase', 'coffee', 'cloche', 'camera', 'coconut'] },
  'modern-services': { wall: '#fbe3d6', shape: '#f6d0bb', goods: ['headset', 'laptop', 'bottle', 'cart', 'scissors'] },
  'high-tech': { wall: '#dbe4f2', shape: '#c5d3ea', goods: ['drone', 'chip', 'arm', 'laptop', 'meter'] },
  'tropical-agriculture': { wall: '#e2edc8', shape: '#d0e2a9', goods: ['mango', 'coconut', 'pineapple', 'seedling', 'fish'] },
  'seed-breeding': { wall: '#f3ecc6', shape: '#eadf9f', goods: ['rice', 'tube', 'seedling', 'books', 'drone'] },
  'deep-sea': { wall: '#c9e2f0', shape: '#aed2e7', goods: ['submarine', 'fish', 'helmet', 'satellite', 'arm'] },
  aerospace: { wall: '#e3def0', shape: '#d2c9e8', goods: ['rocket', 'satellite', 'chip', 'meter', 'books'] },
  construction: { wall: '#f3dfcc', shape: '#e9cdb2', goods: ['crane', 'helmet', 'roller', 'meter', 'cart'] },
  manufacturing: { wall: '#dfe5ea', shape: '#cbd4dc', goods: ['arm', 'gear', 'meter', 'mask', 'chip'] },
  'household-services': { wall: '#f7dfe3', shape: '#f0cbd2', goods: ['bottle', 'kettle', 'heart', 'scissors', 'books'] },
  'special-operations': { wall: '#fbe9b7', shape: '#f6da85', goods: ['helmet', 'meter', 'mask', 'arm', 'books'] },
  general: { wall: '#e3eae6', shape: '#d1dcd6', goods: ['books', 'helmet', 'laptop', 'cart', 'coffee'] },
}

/** An item at a place: `x` is its middle, `floor` where it stands, `size` its width. */
const stand = (item: Item, x: number, floor: number, size: number) =>
  `<g transform="translate(${x - size / 2} ${floor - size}) scale(${size / 100})">${items[item]}</g>`

/** A picture of 320 × 200: one thing in front, two behind, on a shelf. `kind` chooses the thing and the pattern of the wall. */
export function scene(aisle: Aisle, kind: number): string {
  const { wall, shape, goods } = aisles[aisle]
  const pick = (n: number): Item => goods[(kind + n) % goods.length]!
  const patterns = [
    `<circle cx="160" cy="88" r="74" fill="${shape}"/>`,
    `<path d="M0 40h320v36H0zM0 112h320v36H0z" fill="${shape}"/>`,
    `<path d="M60 172V92a50 50 0 0 1 100 0v80zM180 172v-56a40 40 0 0 1 80 0v56z" fill="${shape}"/>`,
    `<path d="M-20 172L120 20h70L50 172zM150 172L290 20h70L220 172z" fill="${shape}"/>`,
    `<g fill="${shape}">${[40, 100, 160, 220, 280].map((x) => [32, 82, 132].map((y) => `<circle cx="${x}" cy="${y}" r="14"/>`).join('')).join('')}</g>`,
  ]
  const flip = kind % 2 === 1
  const [front, left, right] = flip ? [196, 98, 276] : [132, 42, 232]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200" width="320" height="200"><rect width="320" height="200" fill="${wall}"/>${patterns[kind % patterns.length]}${stand(pick(1), flip ? left : right, 172, 72)}${stand(pick(2), flip ? right : left, 172, 58)}<ellipse cx="${front}" cy="172" rx="58" ry="5" fill="#15322b" opacity=".16"/>${stand(pick(0), front, 172, 116)}<path d="M0 172h320v28H0z" fill="#15322b"/><path d="M0 172h320v5H0z" fill="#2c5247"/></svg>`
}

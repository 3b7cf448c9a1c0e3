/**
 * Where the seats of Hainan's cities and counties lie: degrees north and east, rounded to a hundredth (about a kilometre), from any atlas. They serve to estimate a way
 * before anybody plans it; nothing is measured, and nobody is paid by it.
 */
export const seats: Readonly<Record<string, readonly [north: number, east: number]>> = {
  '460100': [20.04, 110.34],
  '460200': [18.25, 109.51],
  '460300': [16.83, 112.34],
  '460400': [19.52, 109.58],
  '469001': [18.78, 109.52],
  '469002': [19.25, 110.47],
  '469005': [19.54, 110.8],
  '469006': [18.8, 110.39],
  '469007': [19.1, 108.65],
  '469021': [19.68, 110.36],
  '469022': [19.35, 110.1],
  '469023': [19.74, 110.0],
  '469024': [19.91, 109.69],
  '469025': [19.22, 109.45],
  '469026': [19.3, 109.05],
  '469027': [18.75, 109.17],
  '469028': [18.51, 110.04],
  '469029': [18.64, 109.7],
  '469030': [19.03, 109.84],
}

/** Regions that are reached by ship or plane only, so that a distance says nothing. */
export const overSea: readonly string[] = ['460300']

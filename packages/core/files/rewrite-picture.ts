import { createJimp } from '@jimp/core'
import jpeg from '@jimp/js-jpeg'
import png from '@jimp/js-png'
import { methods as resize } from '@jimp/plugin-resize'
import type { FileType } from '@skills/contract/files.ts'
import type { Passed } from './inspect-file.ts'

/** The longest side that is kept, pixels: a scanned page of A4 at 200 dpi, and more than any screen here shows. */
const keptSide = 2_400

const Picture = createJimp({ formats: [jpeg, png], plugins: [resize] })

/**
 * Decodes a picture, turns it as its camera meant it, makes it no larger than a page needs, and writes it anew: what is kept holds pixels and nothing else. Throws for one that cannot be
 * decoded. Pure JavaScript, because the Lambda's processor is another than that of whoever bundles.
 */
export async function rewritePicture(bytes: Buffer, type: FileType): Promise<Passed> {
  const picture = await Picture.fromBuffer(bytes, { 'image/jpeg': { maxMemoryUsageInMB: 800, maxResolutionInMP: 17 } })
  const { width, height } = picture
  if (Math.max(width, height) > keptSide) picture.resize(width >= height ? { w: keptSide } : { h: keptSide })
  // A bitmap of its own: the decoder hands the camera's notes on with the pixels, and the encoder would write them.
  const clean = new Picture({ data: picture.bitmap.data, width: picture.width, height: picture.height })
  const kept = type === 'image/png' ? await clean.getBuffer('image/png') : await clean.getBuffer('image/jpeg', { quality: 85 })
  return { bytes: kept, type, width: clean.width, height: clean.height }
}

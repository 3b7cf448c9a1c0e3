import { createJimp } from '@jimp/core'
import jpeg from '@jimp/js-jpeg'
import png from '@jimp/js-png'
import { methods as resize } from '@jimp/plugin-resize'

/** The shape of pictures on the shelves, and the width they are kept with at most: a desktop's course page at double density. */
const shape = { wide: 16, high: 9 }
const mostWidth = 1_280

const Picture = createJimp({ formats: [jpeg, png], plugins: [resize] })

/**
 * A picture in the shape of the shelves (16:9), never made larger than it is. `crop`: its middle; `contain`: all of it on white. In: a picture that was inspected and written anew. Out: a JPEG with
 * its size in pixels.
 */
export async function framePicture(
  bytes: Uint8Array,
  fit: 'crop' | 'contain',
): Promise<{ bytes: Uint8Array; width: number; height: number }> {
  const picture = await Picture.fromBuffer(Buffer.from(bytes))
  const { width: w, height: h } = picture
  const whole = (w * shape.high) / shape.wide
  // As wide as the shape is inside the picture, or around it.
  const full = fit === 'crop' ? (whole <= h ? w : (h * shape.wide) / shape.high) : whole >= h ? w : (h * shape.wide) / shape.high
  const width = Math.floor(Math.min(mostWidth, full))
  const height = Math.round((width * shape.high) / shape.wide)
  const scale = width / full
  picture.resize({ w: Math.max(1, Math.round(w * scale)), h: Math.max(1, Math.round(h * scale)) })
  const frame = new Picture({ data: onWhite(picture.bitmap, width, height), width, height })
  return { bytes: await frame.getBuffer('image/jpeg', { quality: 82 }), width, height }
}

/** The middle of a bitmap on a white one of another size; what is transparent becomes white too, because a JPEG knows no transparency. */
function onWhite(from: { data: Uint8Array | Buffer; width: number; height: number }, width: number, height: number): Buffer {
  const to = Buffer.alloc(width * height * 4, 255)
  const [left, top] = [Math.round((width - from.width) / 2), Math.round((height - from.height) / 2)]
  for (let y = Math.max(0, top); y < Math.min(height, top + from.height); y += 1)
    for (let x = Math.max(0, left); x < Math.min(width, left + from.width); x += 1) {
      const source = ((y - top) * from.width + (x - left)) * 4
      const target = (y * width + x) * 4
      const alpha = (from.data[source + 3] ?? 255) / 255
      for (let part = 0; part < 3; part += 1) to[target + part] = Math.round((from.data[source + part] ?? 255) * alpha + 255 * (1 - alpha))
    }
  return to
}

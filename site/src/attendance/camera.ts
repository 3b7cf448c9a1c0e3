import { pageLanguage } from '../language.ts'
import { attendanceText } from './attendance.text.ts'

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>
}
type DetectorClass = (new (options: { formats: string[] }) => Detector) & { getSupportedFormats?: () => Promise<string[]> }

/** The browser's own reader where it can read QR, otherwise one that is loaded now. */
async function reader(): Promise<Detector> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  const formats = (await own?.getSupportedFormats?.().catch(() => [])) ?? []
  if (own && formats.includes('qr_code')) return new own({ formats: ['qr_code'] })
  const { BarcodeDetector } = await import('qr/decode.js')
  return new BarcodeDetector({ formats: ['qr_code'] }) as unknown as Detector
}

/**
 * Shows the camera in a video element and gives every text that is read off a QR, the same one not twice within three seconds. Out: how to stop. Throws where there is no camera or it may
 * not be used.
 */
async function startCamera(video: HTMLVideoElement, onText: (text: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: 'environment' } }, audio: false })
  video.srcObject = stream
  await video.play()
  const detector = await reader()
  const seen = new Map<string, number>()
  let running = true
  const look = async () => {
    if (!running) return
    const found = video.readyState >= 2 ? await detector.detect(video).catch(() => []) : []
    for (const { rawValue } of found) {
      const now = performance.now()
      if (now - (seen.get(rawValue) ?? -Infinity) < 3_000) continue
      seen.set(rawValue, now)
      onText(rawValue)
    }
    setTimeout(() => void look(), 150)
  }
  void look()
  return () => {
    running = false
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
}

/**
 * The button that turns the camera on and off: shows its video and says on itself what it does next. In: the button, the video, what is done with a text that was read, and how to say that there
 * is no camera. Out: `toggle`, and whether it is `on`.
 */
export function cameraButton(
  elements: () => { button: HTMLElement; video: HTMLVideoElement },
  onText: (text: string) => void,
  noCamera: () => void,
): { toggle(): Promise<void>; on(): boolean } {
  const w = attendanceText[pageLanguage()]
  let stop: (() => void) | undefined
  return {
    on: () => stop !== undefined,
    async toggle() {
      const { button, video } = elements()
      if (stop) {
        stop()
        stop = undefined
        video.hidden = true
        button.lastChild?.replaceWith(w.scan)
        return
      }
      video.hidden = false
      try {
        stop = await startCamera(video, onText)
        button.lastChild?.replaceWith(w.stopScan)
      } catch {
        video.hidden = true
        noCamera()
      }
    },
  }
}

import { api } from '../api.ts'
import { pageLanguage } from '../language.ts'
import { qualityBlock } from './quality-block.ts'

/** Fills the place of a provider's quality figures on a course page. Where they do not come the page stays as it is: everything else on it was promised without them. */
export async function showQuality(place: HTMLElement, providerId: string): Promise<void> {
  if (place.dataset['quality'] === 'shown') return
  const answer = await api.call('getQuality', { params: { providerId } }).catch(() => undefined)
  if (!answer?.ok) return
  place.dataset['quality'] = 'shown'
  place.innerHTML = qualityBlock(answer.value.quality, pageLanguage()).text
}

import { createClient } from '@skills/contract/client.ts'
import { pageLanguage } from './language.ts'

/** The API as anyone sees it; `identity/my-api.ts` is the one that carries a token. */
export const api = createClient({ base: '/api', language: pageLanguage() })

// Keeps what was seen so that the storefront opens without a network. The API, tokens and settings are never kept.
const pages = 'pages-1'
const never = /^\/(api|config\.json|sign-in|en\/sign-in|sign-out|en\/sign-out)(\/|$)/

self.addEventListener('install', (event) => {
  event.waitUntil(keepOffline())
  self.skipWaiting()
})

/** The page that is shown without a network, with what it is drawn with. */
async function keepOffline() {
  const cache = await caches.open(pages)
  await cache.addAll(['/offline/', '/en/offline/'])
  const text = await (await cache.match('/offline/')).text()
  const files = [...text.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|woff2|svg))"/g)].map((match) => match[1])
  await cache.addAll([...new Set(files)])
}

/** Old files leave when there are many, first come first gone; the offline pages stay. */
async function tidy(cache) {
  const requests = await cache.keys()
  for (const request of requests.slice(0, Math.max(0, requests.length - 300)))
    if (!request.url.includes('/offline/')) await cache.delete(request)
}

self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== pages).map((name) => caches.delete(name)))))
  event.waitUntil(self.clients.claim())
})

async function fresh(request) {
  const cache = await caches.open(pages)
  try {
    const response = await fetch(request)
    if (response.ok && response.type === 'basic') {
      await cache.put(request, response.clone())
      await tidy(cache)
    }
    return response
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: request.mode === 'navigate' })
    if (kept) return kept
    if (request.mode !== 'navigate') throw error
    const offline = await cache.match(new URL(request.url).pathname.startsWith('/en/') ? '/en/offline/' : '/offline/')
    return offline ?? Response.error()
  }
}

async function kept(request) {
  const cache = await caches.open(pages)
  return (await cache.match(request)) ?? fresh(request)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin || never.test(url.pathname)) return
  // Files with a hash in their name never change.
  const fixed = url.pathname.startsWith('/_astro/') || /^\/catalog\/rows-/.test(url.pathname)
  event.respondWith(fixed ? kept(request) : fresh(request))
})

// Keeps what was seen so that the storefront opens without a network. The API, tokens and settings are never kept.
const pages = 'pages-1'
const never = /^\/(api|config\.json|sign-in|en\/sign-in|sign-out|en\/sign-out)(\/|$)/

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(pages).then((cache) => cache.addAll(['/offline/', '/en/offline/'])))
  self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== pages).map((name) => caches.delete(name)))))
  event.waitUntil(self.clients.claim())
})

async function fresh(request) {
  const cache = await caches.open(pages)
  try {
    const response = await fetch(request)
    if (response.ok && response.type === 'basic') await cache.put(request, response.clone())
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

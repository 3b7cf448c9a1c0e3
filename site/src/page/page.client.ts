/** What every page does: display settings, the way back after signing in, the state of the network. */
const root = document.documentElement
const key = 'skills.display'

function kept(): { theme?: string; size?: string } {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as { theme?: string; size?: string }
  } catch {
    return {}
  }
}

const { theme = 'auto', size = 'standard' } = kept()
for (const input of document.querySelectorAll<HTMLInputElement>('#settings input')) {
  input.checked = input.value === (input.name === 'theme' ? theme : size)
  input.addEventListener('change', () => {
    const next = { ...kept(), [input.name]: input.value }
    localStorage.setItem(key, JSON.stringify(next))
    if (next.theme === 'light' || next.theme === 'dark') root.dataset['theme'] = next.theme
    else delete root.dataset['theme']
    if (next.size === 'large') root.dataset['size'] = 'large'
    else delete root.dataset['size']
  })
}

for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-sign-in]')) {
  link.addEventListener('click', () => {
    link.search = new URLSearchParams({ back: location.pathname + location.search }).toString()
  })
}

// The same page in the other language keeps what was asked for.
for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-other]')) {
  link.addEventListener('click', () => {
    const shell = /^(\/en)?\/courses\/_\/$/.test(link.pathname)
    if (shell) link.pathname = location.pathname.startsWith('/en/') ? location.pathname.slice(3) : `/en${location.pathname}`
    link.search = location.search
  })
}

const network = () => {
  if (navigator.onLine) delete root.dataset['offline']
  else root.dataset['offline'] = ''
}
addEventListener('online', network)
addEventListener('offline', network)
addEventListener('storage', (event) => {
  if (event.key === 'skills.session') root.toggleAttribute('data-signed-in', event.newValue !== null)
})

// Only who is signed in has a bell, and only then is the code for it fetched.
if (root.hasAttribute('data-signed-in'))
  void import('../notices/unread.ts').then(({ refreshUnread }) => refreshUnread()).catch(() => undefined)

if ('serviceWorker' in navigator) addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined))

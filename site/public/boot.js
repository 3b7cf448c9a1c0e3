// Runs before the first paint: the reader's theme, text size and whether a session is kept. Nothing moves afterwards.
;(function () {
  var root = document.documentElement
  try {
    var kept = JSON.parse(localStorage.getItem('skills.display') || '{}')
    if (kept.theme === 'light' || kept.theme === 'dark') root.dataset.theme = kept.theme
    if (kept.size === 'large') root.dataset.size = 'large'
    if (localStorage.getItem('skills.session')) root.dataset.signedIn = ''
  } catch {
    // Storage may be forbidden: the page then looks as the system says.
  }
  if (!navigator.onLine) root.dataset.offline = ''
})()

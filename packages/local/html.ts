/** Makes text safe inside HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

/** A page of the one-machine cloud (sign-in, mailbox): no script, one style sheet, Chinese first. */
export function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
${head}</head>
<body>
${body}
</body>
</html>
`
}

/** The mark: three shelves of a market, one of them raised. */
export const mark = `<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><rect x="3" y="19" width="7" height="10" rx="1.5"/><rect x="12.5" y="11" width="7" height="18" rx="1.5"/><rect class="raised" x="22" y="3" width="7" height="26" rx="1.5"/></svg>`

export const style = `
:root { --ink: #14261f; --soft: #4a5c54; --ground: #f3f6f1; --sheet: #fff; --line: #d5ddd4; --leaf: #0b6b4f; --sun: #d9822b; --leaf-ground: #e6f2ec; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef4ef; --soft: #b3c2ba; --ground: #0f1714; --sheet: #17221d; --line: #33443c; --leaf: #6fd0ab; --sun: #f0a85c; --leaf-ground: #1c332a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.6 system-ui, "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
header { display: flex; align-items: center; gap: .75rem; margin-bottom: 1.5rem; }
header p { margin: 0; font-weight: 700; letter-spacing: .02em; }
.mark { fill: var(--leaf); flex: none; } .mark .raised { fill: var(--sun); }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; color: var(--soft); font-weight: 600; }
.en { color: var(--soft); display: block; font-size: .925rem; }
.note { background: var(--leaf-ground); border-radius: .75rem; padding: .75rem 1rem; margin: 1rem 0; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; }
@media (min-width: 40rem) { .people { grid-template-columns: 1fr 1fr; } }
button { font: inherit; color: inherit; text-align: start; width: 100%; min-height: 3.5rem; height: 100%; background: var(--sheet); border: 1px solid var(--line); border-radius: .9rem; padding: .75rem 1rem; cursor: pointer; }
button:hover { border-color: var(--leaf); background: var(--leaf-ground); }
:focus-visible { outline: 3px solid var(--sun); outline-offset: 2px; }
button strong { font-size: 1.125rem; }
button.main { background: var(--leaf); color: var(--sheet); border-color: var(--leaf); text-align: center; font-weight: 700; }
a { color: var(--leaf); }
article { background: var(--sheet); border: 1px solid var(--line); border-radius: .9rem; padding: 1rem; overflow-wrap: anywhere; }
article p { margin: .25rem 0 0; white-space: pre-wrap; }
time, .to { color: var(--soft); font-size: .875rem; }
footer { margin-top: 2rem; color: var(--soft); font-size: .875rem; }
`

/** Makes text safe inside HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

/** A page of the one-machine cloud (sign-in, mailbox): no script, one style sheet, Chinese first. */
export function page(title: string, body: string, head = '', language = 'zh-CN'): string {
  return `<!doctype html>
<html lang="${language}">
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

/** The house's mark, as the site has it: a price tag whose bar code climbs like skill levels. */
export const mark =
  '<svg class="mark" viewBox="0 0 32 32" width="36" height="36" aria-hidden="true" focusable="false"><path d="M11 1h15a5 5 0 0 1 5 5v20a5 5 0 0 1-5 5H6a5 5 0 0 1-5-5V11z" fill="#00634f"/><circle cx="10" cy="10" r="2.6" fill="#ffd23f"/><path d="M6 21h3v6H6zM11 18h3v9h-3zM16 14h3v13h-3zM21 10h4v17h-4z" fill="#ffd23f"/></svg>'

/** The colors of the site, so that signing in does not look like leaving. */
export const style = `
:root { --ink: #10241e; --soft: #465a53; --ground: #eef3f0; --sheet: #fff; --line: #7d9189; --leaf: #00634f; --leaf-ground: #d9ede6; --focus: #0b57d0; --shelf: #15322b; --on-shelf: #f1f7f4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9f1ed; --soft: #a9bab3; --ground: #0d1512; --sheet: #17221e; --line: #6b8077; --leaf: #57d3b4; --leaf-ground: #16372e; --focus: #8ab4ff; --shelf: #101a16; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.6 "PingFang SC", "HarmonyOS Sans SC", MiSans, "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI", "Microsoft YaHei", system-ui, sans-serif; }
header { background: var(--shelf); color: var(--on-shelf); display: flex; align-items: center; gap: .75rem; padding: .75rem max(1rem, calc((100% - 46rem) / 2)); }
header p { margin: 0; font-weight: 700; letter-spacing: .02em; line-height: 1.3; } header .en { color: inherit; font-weight: 400; }
main { max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.mark { flex: none; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; color: var(--soft); font-weight: 600; }
.en { color: var(--soft); display: block; font-size: .925rem; }
.note { background: var(--leaf-ground); border-radius: .75rem; padding: .75rem 1rem; margin: 1rem 0; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; }
@media (min-width: 40rem) { .people { grid-template-columns: 1fr 1fr; } }
button { font: inherit; color: inherit; text-align: start; width: 100%; min-height: 3.5rem; height: 100%; background: var(--sheet); border: 1px solid var(--line); border-radius: .625rem; padding: .75rem 1rem; cursor: pointer; }
button:hover { border-color: var(--leaf); background: var(--leaf-ground); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
button strong { font-size: 1.125rem; }
button.main { background: var(--leaf); color: var(--sheet); border-color: var(--leaf); text-align: center; font-weight: 700; }
a { color: var(--leaf); }
article { background: var(--sheet); border: 1px solid var(--line); border-radius: .625rem; padding: 1rem; overflow-wrap: anywhere; }
article p { margin: .25rem 0 0; white-space: pre-wrap; }
time, .to { color: var(--soft); font-size: .875rem; }
footer { margin-top: 2rem; color: var(--soft); font-size: .875rem; }
`

/** The style of the docs page. It is served by the same route, because the site's policy allows no inline styles. */
export const docsStyle = `:root {
  color-scheme: light dark;
  --ink: light-dark(#1d2a33, #e6edf0);
  --soft: light-dark(#50616d, #a3b3bc);
  --paper: light-dark(#ffffff, #11191e);
  --raised: light-dark(#f3f7f6, #1a252b);
  --line: light-dark(#d5dfdf, #31414a);
  --sea: light-dark(#00616b, #6ed3d6);
  --read: light-dark(#00616b, #6ed3d6);
  --write: light-dark(#8f3d00, #ffb37a);
  font: 16px/1.7 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); }
header, main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0.25rem 0 1rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.5rem 0 1rem; padding-bottom: 0.4rem; border-bottom: 2px solid var(--sea); }
h3 { font-size: 1.1rem; margin: 0 0 0.5rem; }
a { color: var(--sea); text-underline-offset: 0.2em; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--sea); outline-offset: 3px; border-radius: 3px; }
[lang='en'] { color: var(--soft); font-weight: normal; }
code { font: 0.92em/1.5 ui-monospace, 'SFMono-Regular', Consolas, monospace; overflow-wrap: anywhere; }
.mark a { font-weight: 700; text-decoration: none; }
.file { display: inline-block; padding: 0.35rem 0.9rem; border: 1px solid var(--sea); border-radius: 99px; text-decoration: none; }
nav { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem 2rem; margin-top: 1.5rem; }
nav h2 { font-size: 1rem; margin: 0 0 0.4rem; border: 0; padding: 0; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li a { display: inline-block; padding: 0.15rem 0; text-decoration: none; }
article { margin: 0 0 1.25rem; padding: 1.1rem 1.2rem; background: var(--raised); border: 1px solid var(--line); border-radius: 10px; scroll-margin-top: 1rem; }
.line { margin: 0 0 0.75rem; }
.method { display: inline-block; min-width: 4rem; padding: 0 0.5rem; border-radius: 4px; text-align: center; font: 700 0.8rem/1.7 ui-monospace, monospace; color: var(--paper); background: var(--write); }
.method.get { background: var(--read); }
dl { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 0.35rem 1rem; margin: 0 0 0.75rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
dd p { margin: 0; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.92rem; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
summary { cursor: pointer; color: var(--sea); }
.refusals { margin: 0.75rem 0 0; padding: 0; list-style: none; }
.refusals li { padding: 0.6rem 0; border-top: 1px solid var(--line); }
.refusals p { margin: 0; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.5rem; } }
`

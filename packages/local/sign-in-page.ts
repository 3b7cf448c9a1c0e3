import { demoPeople, type DemoPerson } from './demo-people.ts'
import { escapeHtml, mark, page } from './html.ts'

const groups: Record<DemoPerson['group'], string> = {
  worker: '职工 <span lang="en">Workers</span>',
  provider: '培训机构 <span lang="en">Training providers</span>',
  sponsor: '工会 <span lang="en">Union</span>',
  employer: '企业 <span lang="en">Employer</span>',
  platform: '平台 <span lang="en">Platform</span>',
}

const top = `<header>${mark}<p>技能培训超市 <span class="en" lang="en">Skills Supermarket</span></p></header>`

/** The page where a visitor says which demo person to be; `action` receives the form. */
export function signInPage(action: string): string {
  const lists = (Object.keys(groups) as DemoPerson['group'][]).map((group) => {
    const people = demoPeople.filter((person) => person.group === group)
    return `<h2 id="${group}">${groups[group]}</h2>\n<ul class="people" aria-labelledby="${group}">\n${people.map(button).join('\n')}\n</ul>`
  })
  return page(
    '登录 · Sign in',
    `${top}<main>
<h1>以谁的身份登录？</h1><span class="en" lang="en">Who would you like to be?</span>
<p class="note">这是单机演示：人物均为虚构，无需密码。<span class="en" lang="en">A demo on one machine: the people are invented, and no password is asked.</span></p>
<form method="post" action="${escapeHtml(action)}">
${lists.join('\n')}
</form>
</main>`,
  )
}

function button({ sub, name, does }: DemoPerson): string {
  return `<li><button type="submit" name="person" value="${escapeHtml(sub)}"><strong>${escapeHtml(name.zh)}</strong> <span lang="en">${escapeHtml(name.en)}</span><br>${escapeHtml(does.zh)}<span class="en" lang="en">${escapeHtml(does.en)}</span></button></li>`
}

/** Asked once on signing out; a small script sends the form at once where scripts run. */
export function signOutPage(form: string): string {
  return page(
    '退出登录 · Sign out',
    `${top}<main>
<h1>退出登录</h1><span class="en" lang="en">Sign out</span>
${form.replace('</form>', '<input type="hidden" name="logout" value="yes"><p><button class="main" type="submit">退出登录 <span lang="en">Sign out</span></button></p></form>')}
</main>`,
    '<script src="/sign-out.js" defer></script>\n',
  )
}

export const signOutScript = 'document.forms[0].submit()\n'

/** Said when a sign-in cannot go on: an old page, a wrong address. */
export function problemPage(what: string, home: string): string {
  return page(
    '无法登录 · Cannot sign in',
    `${top}<main>
<h1>登录没有完成</h1><span class="en" lang="en">Signing in did not finish</span>
<p class="note">${escapeHtml(what)}</p>
<p><a href="${escapeHtml(home)}">回到首页重新登录 <span lang="en">Back to the start page</span></a></p>
</main>`,
  )
}

import { openApiDocument } from '@skills/contract/openapi.ts'
import { refusals } from '@skills/contract/refusals.ts'
import { routes } from '@skills/contract/routes.ts'
import { expect, test } from 'vitest'
import { docsPage } from './docs-page.ts'

const page = docsPage(openApiDocument('https://skills-supermarket.example'), 'https://skills-supermarket.example')

test('the page explains every route and its own refusals, and needs no inline style or script', () => {
  for (const route of Object.values(routes)) {
    const article = page.split(`<article id="${route.name}">`)[1]?.split('</article>')[0] ?? ''
    expect(article).toContain(`<code>/api${route.path}</code>`)
    for (const code of route.refusals) expect(article).toContain(refusals[code].title.zh)
  }
  expect(page).not.toMatch(/<script|<style|\sstyle=|undefined|\[object/)
})

import type { Profile } from '@skills/contract/people.routes.ts'
import { names, word, type Taxonomy } from '../catalog/words.ts'
import { html, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { certificateFields } from './certificates.ts'
import { profileText } from './profile.text.ts'

interface Field {
  name: string
  label: string
  hint?: string
  control: Html
}

const field = ({ name, label, hint, control }: Field) =>
  html`<div class="field" data-field="${name}">
    <label for="${name}">${label}</label>${hint ? html`<span class="hint" id="${name}-hint">${hint}</span>` : ''}${control}
    <p class="field-error" id="${name}-error"></p>
  </div>`

const input = (name: string, value: string, more: string, hinted: boolean) =>
  html`<input
    id="${name}"
    name="${name}"
    value="${value}"
    aria-describedby="${hinted ? `${name}-hint ` : ''}${name}-error"
    autocomplete="${more}"
    ${name === 'mobile' ? 'inputmode=tel' : ''}
  />`

const select = (name: string, value: string | null, choose: string, options: readonly (readonly [string, string])[]) =>
  html`<select id="${name}" name="${name}" aria-describedby="${name}-error">
    <option value="">${choose}</option>
    ${options.map(([code, text]) => html`<option value="${code}" ${code === value ? 'selected' : ''}>${text}</option>`)}
  </select>`

/** The form of a profile. Numbers that are kept stand masked beside their field and are never filled in. */
export function profileForm(profile: Profile, taxonomy: Taxonomy, lang: Language): Html {
  const w = profileText[lang]
  const regions = taxonomy.lists['regions']?.terms.filter((term, _, all) => !all.some((other) => other.parent === term.code)) ?? []
  const fixed = (kind: 'employment' | 'education') => Object.keys(names[kind]).map((code) => [code, word(kind, code, lang)] as const)
  return html`<form id="profile-form" class="card profile-form" novalidate>
    <h2>${w.form}</h2>
    ${field({ name: 'realName', label: w.realName, hint: w.realNameHint, control: input('realName', profile.realName ?? '', 'name', true) })}
    ${field({ name: 'residentId', label: w.residentId, hint: profile.maskedResidentId ? w.kept(profile.maskedResidentId) : w.residentIdHint, control: input('residentId', '', 'off', true) })}
    ${field({ name: 'mobile', label: w.mobile, hint: profile.maskedMobile ? w.kept(profile.maskedMobile) : w.mobileHint, control: input('mobile', '', 'tel-national', true) })}
    ${field({
      name: 'region',
      label: w.region,
      control: select(
        'region',
        profile.region,
        w.choose,
        regions.map((term) => [term.code, say(term.name, lang)] as const),
      ),
    })}
    ${field({ name: 'employmentKind', label: w.employmentKind, control: select('employmentKind', profile.employmentKind, w.choose, fixed('employment')) })}
    ${field({ name: 'education', label: w.education, hint: w.educationHint, control: select('education', profile.education, w.choose, fixed('education')) })}
    ${field({ name: 'unionNumber', label: w.unionNumber, control: input('unionNumber', profile.unionNumber ?? '', 'off', false) })}
    ${certificateFields(profile.certificates, taxonomy, lang)}
    <div id="profile-said" role="status" tabindex="-1"></div>
    <button id="save" class="button big" type="submit">${w.save}</button>
  </form>`
}

import { complaintKinds } from '@skills/contract/quality.ts'
import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import { html, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { acceptedTypes } from '../provider/send-file.ts'
import { complaintText } from './complaint.text.ts'

/** The form of a complaint about a run that its person has or had a seat in. */
export function complaintForm({ title, run, providerName }: LearningItem, lang: Language): Html {
  const w = complaintText[lang]
  return html`<form id="complain" class="card stack" novalidate aria-labelledby="complain-title">
    <h2 id="complain-title">${w.form}</h2>
    <p>
      <span class="small soft">${w.about}</span><br /><strong>${say(title, lang)}</strong> ${say(run.name, lang)} ·
      <span class="soft">${say(providerName, lang)}</span>
    </p>
    <div class="field">
      <label for="kind">${w.kind}</label>
      <select id="kind" name="kind" aria-describedby="kind-hint kind-error">
        <option value="">${w.choose}</option>
        ${complaintKinds.map((kind) => html`<option value="${kind}">${w.kinds[kind]}</option>`)}
      </select>
      <p class="hint" id="kind-hint" role="status"></p>
      <p class="field-error" id="kind-error"></p>
    </div>
    <div class="field">
      <label for="text">${w.text}</label>
      <span class="hint" id="text-hint">${w.textHint}</span>
      <textarea id="text" name="text" rows="6" maxlength="2000" aria-describedby="text-hint text-error"></textarea>
      <p class="field-error" id="text-error"></p>
    </div>
    <div class="field">
      <label for="file">${w.file}</label>
      <span class="hint" id="file-hint">${w.fileHint}</span>
      <input id="file" name="file" type="file" accept="${acceptedTypes('complaint-proof')}" aria-describedby="file-hint file-error" />
      <p class="field-error" id="file-error"></p>
    </div>
    <label class="tick"
      ><input type="checkbox" name="nameShown" /><span>${w.nameShown}<span class="hint block">${w.nameHint}</span></span></label
    >
    <div id="complain-said" role="status" tabindex="-1"></div>
    <p><button class="button big" type="submit">${w.send}</button></p>
  </form>`
}

import type { Application, ApplicationFacts } from '@skills/contract/applications.ts'
import { App, Button, Form, Progress, Steps } from 'antd'
import { useRef, useState } from 'react'
import { callAsMe } from '../identity/my-api.ts'
import { pageLanguage } from '../language.ts'
import { ProblemAlert } from '../console/problem-alert.tsx'
import { SubmitButton } from '../console/submit-button.tsx'
import { useAnswer } from '../console/use-answer.ts'
import { useDoing } from '../console/use-doing.ts'
import { draftOf, factsOf, stepOf, type ApplicationDraft } from './application-draft.ts'
import { CommitmentsStep, LicenceStep, ProviderStep, ScopeStep, VenuesStep } from './application-steps.tsx'
import { applyText } from './apply.text.ts'

const w = applyText[pageLanguage()]

/** The application, one step at a time: each step is saved when one goes on, so that a phone that dies loses little. What is missing is said at the end, with the step it belongs to. */
export function ApplicationForm({ application, changed }: { application: Application; changed: () => void }) {
  const [form] = Form.useForm<ApplicationDraft>()
  const [step, setStep] = useState(0)
  const version = useRef(application.version)
  const title = useRef<HTMLHeadingElement>(null)
  const saving = useDoing()
  const sending = useDoing()
  const rules = useAnswer('listRules', {})
  const files = useAnswer('listMyFiles', {})
  const { message } = App.useApp()
  const params = { applicationId: application.id }
  const names = new Map((files.value?.files ?? []).map(({ id, name }) => [id, name]))
  const last = w.steps.length - 1

  const save = async (): Promise<boolean> => {
    const facts: ApplicationFacts = factsOf({ ...draftOf(application.facts), ...(form.getFieldsValue(true) as ApplicationDraft) })
    const body = { version: version.current, facts }
    const done = await saving.run(`application/${application.id}/${version.current}`, (key) =>
      callAsMe('saveApplication', { params, body, key }),
    )
    if (!done) return false
    version.current = done.value.application.version
    return true
  }
  const goTo = (next: number) => {
    setStep(next)
    setTimeout(() => title.current?.focus())
  }
  const goOn = async () => {
    if (!(await save())) return
    message.success(w.saved)
    goTo(Math.min(step + 1, last))
  }
  const submit = async () => {
    if (!(await save())) return
    const body = { version: version.current }
    const done = await sending.run(`application/${application.id}/submit/${version.current}`, (key) =>
      callAsMe('submitApplication', { params, body, key }),
    )
    if (!done) return
    message.success(w.submitted)
    changed()
  }
  const errors = sending.failed?.problem?.errors ?? []
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={draftOf(application.facts)}
      onFinish={() => void (step === last ? submit() : goOn())}
    >
      <div className="apply-steps">
        <Steps
          size="small"
          current={step}
          onChange={goTo}
          items={w.steps.map((name, place) => ({
            title: name,
            ...(errors.some(({ pointer }) => stepOf(pointer) === place) ? { status: 'error' as const } : {}),
          }))}
        />
      </div>
      <Progress
        className="apply-bar"
        aria-label={w.step(step + 1, w.steps.length)}
        percent={Math.round(((step + 1) / w.steps.length) * 100)}
        showInfo={false}
      />
      <h3 ref={title} tabIndex={-1} className="apply-step">
        {w.steps[step]} <span className="soft small">{w.step(step + 1, w.steps.length)}</span>
      </h3>
      <ProblemAlert
        failed={saving.failed}
        {...(saving.failed?.problem?.code === 'version-conflict' ? { again: () => location.reload() } : {})}
      />
      {step === 0 && <ProviderStep />}
      {step === 1 && <LicenceStep names={names} />}
      {step === 2 && <ScopeStep names={names} />}
      {step === 3 && <VenuesStep names={names} />}
      {step === 4 && <CommitmentsStep rules={rules.value?.current ?? []} />}
      {step === last && (
        <section className="stack" aria-live="polite">
          {errors.length > 0 ? (
            <>
              <p className="field-error">{w.missing(errors.length)}</p>
              <ul className="apply-missing">
                {errors.map(({ pointer, code, detail }) => (
                  <li key={pointer + code + detail}>
                    <Button type="link" onClick={() => goTo(stepOf(pointer))}>{`${w.steps[stepOf(pointer)] ?? ''}: ${detail}`}</Button>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <ProblemAlert failed={sending.failed} />
          )}
          <p>{w.whole}</p>
        </section>
      )}
      <div className="row apply-ways">
        {step > 0 && <Button onClick={() => goTo(step - 1)}>{w.back}</Button>}
        <SubmitButton busy={saving.busy || sending.busy}>{step === last ? w.submit : w.next}</SubmitButton>
      </div>
    </Form>
  )
}

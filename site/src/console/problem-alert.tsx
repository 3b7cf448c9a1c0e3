import type { Problem } from '@skills/contract/client.ts'
import { refusals, type RefusalCode } from '@skills/contract/refusals.ts'
import { Alert, Button } from 'antd'
import { at, pageLanguage } from '../language.ts'
import { consoleText } from './console.text.ts'

const lang = pageLanguage()
const w = consoleText[lang].problem

/** What is said of a refusal, or of an answer that never came, with every field that was wrong and the ways on. */
export function ProblemAlert({ failed, again }: { failed: { problem: Problem | undefined } | undefined; again?: () => void }) {
  if (!failed) return null
  const { problem } = failed
  const known = problem && problem.code in refusals ? refusals[problem.code as RefusalCode] : undefined
  const number = problem && problem.status >= 500 ? problem.instance.replace(/^urn:request:/, '') : ''
  const errors = problem?.errors ?? []
  return (
    <Alert
      className="console-problem"
      type="error"
      showIcon
      data-code={problem?.code ?? 'lost'}
      title={problem ? problem.title || known?.title[lang] : w.lostTitle}
      description={
        <>
          <span>{problem ? problem.detail || known?.detail[lang] : w.lost}</span>
          {errors.length > 0 && (
            <ul>
              {errors.map((error) => (
                <li key={error.pointer + error.code}>{error.detail}</li>
              ))}
            </ul>
          )}
          {number && <p className="small soft">{`${w.number} ${number}`}</p>}
          <p className="row">
            {again && (
              <Button size="small" onClick={again}>
                {w.again}
              </Button>
            )}
            {known && <a href={at(lang, `/problems/${problem?.code}/`)}>{w.why}</a>}
          </p>
        </>
      }
    />
  )
}

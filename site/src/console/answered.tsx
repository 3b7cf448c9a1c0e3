import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { consoleText } from './console.text.ts'
import { pageLanguage } from '../language.ts'
import { ProblemAlert } from './problem-alert.tsx'
import type { Asked } from './use-answer.ts'

const w = consoleText[pageLanguage()]

/** Shows what is asked for: bones while it comes, the problem when it does not, then the answer. */
export function Answered<T>({
  asked,
  children,
  rows = 4,
}: {
  asked: Pick<Asked<T>, 'value' | 'failed' | 'again'>
  children: (value: T) => ReactNode
  rows?: number
}) {
  return (
    <>
      <ProblemAlert failed={asked.failed} again={asked.again} />
      {asked.value !== undefined ? (
        children(asked.value)
      ) : asked.failed ? null : (
        <div className="console-wait" role="status">
          <span className="unseen">{w.loading}</span>
          <Skeleton active title={false} paragraph={{ rows }} />
        </div>
      )}
    </>
  )
}

import type { ThreadLine } from '@skills/contract/messages.ts'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { moment } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { DataTable } from '../data-table.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { usePlace } from '../place.ts'
import { useAnswer } from '../use-answer.ts'
import { AnnounceForm } from './messages-announce.tsx'
import { consoleMessagesText } from './messages.text.ts'
import { ThreadPage } from './messages-thread.tsx'
import type { TabProps } from './tabs.ts'

const lang = pageLanguage()
const w = consoleMessagesText[lang]

/** Announcements and questions: the form and the list, or one question where the address names it. */
export default function MessagesTab({ providerId }: TabProps) {
  const { thread } = usePlace()
  if (thread !== undefined) return <ThreadPage key={thread} providerId={providerId} threadId={thread} />
  return (
    <section aria-labelledby="messages-title" className="stack">
      <div className="console-title">
        <div>
          <h2 id="messages-title">{w.title}</h2>
          <p className="soft">{w.hint}</p>
        </div>
      </div>
      <AnnounceForm providerId={providerId} />
      <Questions providerId={providerId} />
    </section>
  )
}

function Questions({ providerId }: { providerId: string }) {
  const [cursor, setCursor] = useState<string>()
  const asked = useAnswer('listProviderThreads', {
    params: { providerId },
    query: { limit: '50', ...(cursor === undefined ? {} : { cursor }) },
  })
  return (
    <section className="stack">
      <h3>{w.questions}</h3>
      <Answered asked={asked}>
        {({ items, next }) =>
          items.length === 0 && cursor === undefined ? (
            <NothingYet title={w.none} hint={w.noneHint} />
          ) : (
            <>
              <DataTable<ThreadLine>
                label={w.questions}
                rowKey="id"
                dataSource={items}
                columns={[
                  {
                    title: w.column.title,
                    render: (_, { id, title }) => (
                      <PlaceLink to={{ provider: providerId, tab: 'messages', thread: id }}>{title ?? w.hidden}</PlaceLink>
                    ),
                  },
                  { title: w.column.course, render: (_, { courseTitle, runName }) => `${courseTitle[lang]} · ${runName[lang]}` },
                  { title: w.column.asker, render: (_, { asker }) => asker },
                  { title: w.column.last, render: (_, { lastAt }) => moment(lastAt, lang) },
                  {
                    title: w.column.state,
                    render: (_, { lastSide }) =>
                      lastSide === 'learner' ? <Tag color="warning">{w.waits}</Tag> : <Tag color="success">{w.answered}</Tag>,
                  },
                ]}
              />
              {next !== null && <Button onClick={() => setCursor(next)}>{w.more}</Button>}
            </>
          )
        }
      </Answered>
    </section>
  )
}

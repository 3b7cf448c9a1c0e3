import type { Member } from '@skills/contract/people.routes.ts'
import type { Text } from '@skills/contract/text.ts'
import { dateAt } from '@skills/contract/time.ts'
import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../identity/my-api.ts'
import { pageLanguage } from '../language.ts'
import { Answered } from './answered.tsx'
import { MemberForm } from './member-form.tsx'
import { membersText } from './members.text.ts'
import { NothingYet } from './nothing-yet.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { useAnswer } from './use-answer.ts'
import { useDoing } from './use-doing.ts'

const lang = pageLanguage()
const w = membersText[lang]
const who = ({ displayName, personId }: Member) => displayName ?? `…${personId.slice(-6)}`

/** Who acts for an organization now, with appointing, changing and ending. `name`: what it is called where nobody acts for it yet. */
export function MembersOf({ organizationId, name }: { organizationId: string; name?: Text | undefined }) {
  const asked = useAnswer('listMembers', { params: { organizationId } })
  const me = useAnswer('getMe', {})
  const [chosen, choose] = useState<Member>()
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const own = (member: Member) => member.personId === me.value?.personId
  const end = (member: Member) =>
    modal.confirm({
      title: w.sure(who(member)),
      content: own(member) ? w.sureOwn : w.sureHint,
      okText: w.end,
      okButtonProps: { danger: true },
      onOk: async () => {
        const done = await doing.run(`member/${organizationId}/${member.personId}/end/${member.version}`, (key) =>
          callAsMe('endMembership', { params: { personId: member.personId, organizationId }, key }),
        )
        if (done) message.success(w.ended)
        choose(undefined)
        asked.again()
      },
    })
  return (
    <Answered asked={asked}>
      {({ items, organizationName }) => (
        <div className="stack">
          {organizationName !== null && <p className="soft">{organizationName[lang]}</p>}
          <ProblemAlert failed={doing.failed} />
          {items.length === 0 ? (
            <NothingYet title={w.none} hint={w.noneHint} />
          ) : (
            <ul className="people-list" aria-label={w.list}>
              {items.map((member) => (
                <li key={member.personId} className="card" data-member={member.personId}>
                  <div>
                    <strong>{`${member.displayName ?? w.noName}${own(member) ? w.you : ''}`}</strong>
                    <p>
                      {member.roles.map((role) => (
                        <Tag key={role}>{w.names[role].split(/[：:]/)[0]}</Tag>
                      ))}
                    </p>
                    <p className="small soft">
                      <code>{member.personId}</code>
                      {` · ${w.since(dateAt(member.since))}`}
                    </p>
                  </div>
                  <span className="row">
                    <Button aria-label={w.changeOf(who(member))} onClick={() => choose(member)}>
                      {w.change}
                    </Button>
                    <Button danger aria-label={w.endOf(who(member))} onClick={() => end(member)}>
                      {w.end}
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          )}
          <MemberForm
            key={chosen === undefined ? 'new' : `${chosen.personId}/${chosen.version}`}
            organizationId={organizationId}
            name={organizationName ?? name}
            member={chosen}
            done={() => {
              choose(undefined)
              asked.again()
            }}
            cancel={() => choose(undefined)}
          />
        </div>
      )}
    </Answered>
  )
}

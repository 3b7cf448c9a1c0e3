import type { Sponsor } from '@skills/contract/funding.ts'
import { Select } from 'antd'
import { lazy, Suspense } from 'react'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { consoleText } from '../console.text.ts'
import { consolesOf } from '../consoles-of.ts'
import { membersText } from '../members.text.ts'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go, usePlace } from '../place.ts'
import { useAnswer } from '../use-answer.ts'
import { mayManage } from './may-manage.ts'
import { Overview } from './overview.tsx'
import { TreePlace } from './tree-place.tsx'
import { inTree } from './union-tree.ts'
import { unionText } from './union.text.ts'
import { unionsText } from './unions.text.ts'

const lang = pageLanguage()
const w = unionText[lang]
const common = consoleText[lang]
const ProgramPage = lazy(() => import('./program-page.tsx'))
const ProgramEditor = lazy(() => import('./program-editor.tsx'))
const RosterPage = lazy(() => import('./roster-page.tsx'))
const MembersPage = lazy(() => import('../members-page.tsx'))
const UnionsPage = lazy(() => import('./unions-page.tsx'))

/** The union console: which union one acts for, and what of it is looked at; for operators the register of all. Everything stands in the address. */
export function Console() {
  const place = usePlace()
  const me = useAnswer('getMe', {})
  const acts = me.value?.memberships.some(({ roles }) => consolesOf(roles, lang).some(({ path }) => path === '/console/union/'))
  const sponsors = useAnswer('listSponsors', acts ? {} : undefined)
  return (
    <Answered asked={me}>
      {({ memberships }) =>
        acts === false ? (
          <NothingYet title={w.noUnion} hint={common.wrongDoorHint} level={2} />
        ) : (
          <Answered asked={sponsors}>
            {(known) => {
              const { sponsors: all } = known
              const operates = memberships.some(({ roles }) => roles.includes('platform:operator'))
              const own = all.find(({ id }) => memberships.some(({ organizationId }) => organizationId === id))
              const sponsor = all.find(({ id }) => id === place['sponsor']) ?? own ?? all[0]
              if (operates && (place['do'] === 'unions' || !sponsor))
                return (
                  <Suspense fallback={<span className="bone console-bone" />}>
                    <UnionsPage sponsors={all} changed={sponsors.again} />
                  </Suspense>
                )
              if (!sponsor) return <NothingYet title={w.noUnion} hint={common.wrongDoorHint} level={2} />
              const manages = mayManage(memberships, sponsor.path)
              const appoints =
                operates ||
                memberships.some(({ organizationId, roles }) => organizationId === sponsor.id && roles.includes('sponsor:manager'))
              return (
                <>
                  <SponsorChoice sponsors={all} chosen={sponsor} />
                  {operates && (
                    <p>
                      <PlaceLink to={{ do: 'unions' }}>{unionsText[lang].title}</PlaceLink>
                    </p>
                  )}
                  {appoints && place['do'] !== 'people' && (
                    <p>
                      <PlaceLink to={{ sponsor: sponsor.id, do: 'people' }}>{membersText[lang].title}</PlaceLink>
                    </p>
                  )}
                  <Suspense fallback={<span className="bone console-bone" />}>
                    {place['program'] !== undefined && place['do'] !== 'edit' ? (
                      <ProgramPage key={place['program']} programId={place['program']} sponsor={sponsor} manages={manages} />
                    ) : place['do'] === 'new' || place['do'] === 'edit' ? (
                      <ProgramEditor key={place['program'] ?? 'new'} sponsor={sponsor} programId={place['program']} />
                    ) : place['do'] === 'people' && appoints ? (
                      <MembersPage organizationId={sponsor.id} name={sponsor.name} back={{ sponsor: sponsor.id }} />
                    ) : place['do'] === 'roster' ? (
                      <RosterPage sponsor={sponsor} />
                    ) : (
                      <>
                        <TreePlace sponsor={sponsor} known={known} />
                        <Overview sponsor={sponsor} manages={manages} />
                      </>
                    )}
                  </Suspense>
                </>
              )
            }}
          </Answered>
        )
      }
    </Answered>
  )
}

/** The unions one acts for and those below them, as a tree in one list. */
function SponsorChoice({ sponsors, chosen }: { sponsors: readonly Sponsor[]; chosen: Sponsor }) {
  const options = inTree(sponsors).map(({ id, name, level, depth }) => ({ value: id, label: name[lang], depth, level: w.level[level] }))
  return (
    <div className="act-for">
      <label htmlFor="act-for">{w.actFor}</label>
      <Select
        id="act-for"
        value={chosen.id}
        options={options}
        popupMatchSelectWidth={false}
        onChange={(sponsor) => go({ sponsor })}
        optionRender={({ data }) => (
          <span className="tree-line" style={{ paddingInlineStart: data.depth * 18 }}>
            {data.depth > 0 ? '└ ' : ''}
            {data.label} <small className="soft">{data.level}</small>
          </span>
        )}
      />
    </div>
  )
}

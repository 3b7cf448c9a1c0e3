import { platformId } from '@skills/contract/ids.ts'
import { Button, Form, Input, Select } from 'antd'
import { Suspense } from 'react'
import { at, pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { consoleText } from '../console.text.ts'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go, usePlace } from '../place.ts'
import { useAnswer } from '../use-answer.ts'
import { providerText } from './provider.text.ts'
import { standingText } from './standing.text.ts'
import { tabs } from './tabs.ts'

const lang = pageLanguage()
const w = providerText[lang]
const common = consoleText[lang]

/** The provider console: which provider one acts for and what of it is looked at, all in the address. An operator opens any provider by its number. */
export function Console() {
  const place = usePlace()
  const me = useAnswer('getMe', {})
  return (
    <Answered asked={me}>
      {({ memberships }) => {
        const operates = memberships.some(({ organizationId }) => organizationId === platformId)
        const own = memberships.filter(({ roles }) => roles.some((role) => role === 'provider:manager' || role === 'provider:registrar'))
        const chosen = own.find(({ organizationId }) => organizationId === place['provider'])
        const named = operates && chosen === undefined ? place['provider'] : undefined
        const membership = chosen ?? (named === undefined ? own[0] : undefined)
        const providerId = named ?? membership?.organizationId
        if (providerId === undefined)
          return operates ? (
            <FindProvider />
          ) : (
            <NothingYet title={w.noProvider} hint={common.wrongDoorHint} level={2}>
              <a href={at(lang, '/apply/')}>{standingText[lang].become}</a>
            </NothingYet>
          )
        return (
          <>
            <div className="act-for">
              <label htmlFor="act-for">{w.actFor}</label>
              {membership === undefined ? (
                <strong id="act-for">{`${common.operator} · ${providerId}`}</strong>
              ) : (
                <Select
                  id="act-for"
                  value={membership.organizationId}
                  options={own.map(({ organizationId, organizationName }) => ({ value: organizationId, label: organizationName[lang] }))}
                  onChange={(provider) => go({ provider })}
                />
              )}
            </div>
            <Parts providerId={providerId} manages={operates || membership?.roles.includes('provider:manager') === true} />
          </>
        )
      }}
    </Answered>
  )
}

/** The tabs, and the one that the address names. */
function Parts({ providerId, manages }: { providerId: string; manages: boolean }) {
  const place = usePlace()
  const tab = tabs.find(({ name }) => name === place['tab']) ?? tabs[0]
  if (tab === undefined) return null
  return (
    <>
      {tabs.length > 1 && (
        <nav className="console-tabs" aria-label={w.tabsLabel}>
          {tabs.map(({ name }) => (
            <PlaceLink key={name} to={{ provider: providerId, tab: name }} current={name === tab.name}>
              {w.tabs[name] ?? name}
            </PlaceLink>
          ))}
        </nav>
      )}
      <Suspense fallback={<span className="bone console-bone" />}>
        <tab.Page key={providerId} providerId={providerId} manages={manages} />
      </Suspense>
    </>
  )
}

function FindProvider() {
  return (
    <section aria-labelledby="find-title">
      <h2 id="find-title">{w.find.title}</h2>
      <p className="soft">{w.find.hint}</p>
      <Form layout="vertical" onFinish={({ provider }: { provider: string }) => go({ provider: provider.trim() })}>
        <Form.Item
          name="provider"
          label={w.find.label}
          rules={[{ required: true, pattern: /^\s*prv_[0-9A-Z]{26}\s*$/, message: w.find.hint }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {w.find.open}
        </Button>
      </Form>
    </section>
  )
}

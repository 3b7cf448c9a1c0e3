import type { MoneyMatter } from '@skills/contract/money-matters.routes.ts'
import { Button, Radio, Skeleton } from 'antd'
import { useCallback, useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useCursorPages } from '../use-cursor-pages.ts'
import { MatterCard } from './money-matter.tsx'
import { moneyText } from './money.text.ts'

const w = moneyText[pageLanguage()]
const states = ['open', 'done'] as const
type State = (typeof states)[number]

/** Money that a person must look at, and what somebody saw to. */
export default function MoneyPage() {
  const [state, setState] = useState<State>('open')
  return (
    <section className="stack" aria-labelledby="matters-title">
      <div>
        <h2 id="matters-title">{w.title}</h2>
        <p className="soft">{w.hint}</p>
      </div>
      <Radio.Group
        aria-label={w.state}
        value={state}
        options={states.map((value) => ({ value, label: w.states[value] }))}
        onChange={(event) => setState(event.target.value as State)}
      />
      <Matters key={state} state={state} />
    </section>
  )
}

function Matters({ state }: { state: State }) {
  const ask = useCallback(
    (page: { limit: string; cursor?: string }) => callAsMe('listMoneyMatters', { query: { state, ...page } }),
    [state],
  )
  const { items, next, failed, loading, more, again } = useCursorPages<MoneyMatter, { items: MoneyMatter[]; next: string | null }>(ask)
  if (items === undefined)
    return failed ? <ProblemAlert failed={failed} again={again} /> : <Skeleton active title={false} paragraph={{ rows: 6 }} />
  if (items.length === 0) return <NothingYet title={w.none[state]} hint={w.noneHint[state]} />
  return (
    <>
      <ul className="stack" aria-label={w.list}>
        {items.map((matter) => (
          <MatterCard key={matter.id} matter={matter} done={again} />
        ))}
      </ul>
      <ProblemAlert failed={failed} />
      {next !== null && (
        <p>
          <Button loading={loading} onClick={more}>
            {w.more}
          </Button>
        </p>
      )}
    </>
  )
}

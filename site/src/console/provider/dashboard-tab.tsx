import type { Dashboard, DashboardRun, DashboardTask } from '@skills/contract/dashboard.ts'
import { span } from '../../dates.ts'
import { tradeName } from '../../catalog/words.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { Chart } from '../chart.tsx'
import { DataTable } from '../data-table.tsx'
import { Money } from '../money.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { useAnswer } from '../use-answer.ts'
import { useTaxonomy } from '../union/rules-view.tsx'
import { SignedMoney } from './payout-sums.tsx'
import { dashboardText } from './dashboard.text.ts'
import type { TabProps } from './tabs.ts'

const lang = pageLanguage()
const w = dashboardText[lang]
const day = (instant: string) => span(instant, instant, lang)

/** What a provider looks at first: what waits for it, the seats of its next runs, and its money. */
export default function DashboardTab({ providerId }: TabProps) {
  const asked = useAnswer('getDashboard', { params: { providerId } })
  return (
    <section aria-labelledby="dashboard-title">
      <div className="console-title">
        <h2 id="dashboard-title">{w.title}</h2>
      </div>
      <Answered asked={asked}>
        {(dashboard) => (
          <div className="stack">
            <Tasks tasks={dashboard.tasks} providerId={providerId} />
            <StatedMoney money={dashboard.money} providerId={providerId} />
            <Seats dashboard={dashboard} />
          </div>
        )}
      </Answered>
    </section>
  )
}

function Tasks({ tasks, providerId }: { tasks: readonly DashboardTask[]; providerId: string }) {
  const taxonomy = useTaxonomy()
  return (
    <section className="card stack-s" aria-labelledby="tasks-title">
      <h3 id="tasks-title">{w.tasks}</h3>
      {tasks.length === 0 ? (
        <p className="soft">{w.noTasks}</p>
      ) : (
        <ul className="stack-s">
          {tasks.map((task) => (
            <li key={JSON.stringify(task)} data-task={task.kind}>
              {task.kind === 'proof-ends' ? (
                <>
                  {task.what === 'licence'
                    ? w.task.licence
                    : task.venue
                      ? w.task.fireSafety(task.venue[lang])
                      : w.task.scope(tradeName(taxonomy, task.what, lang))}{' '}
                  <span className="soft small">{w.by(day(task.at))}</span>
                </>
              ) : (
                <>
                  <PlaceLink to={{ provider: providerId, tab: task.kind === 'statement-due' ? 'payout' : 'courses', run: task.runId }}>
                    {task.title[lang]} · {task.runName[lang]}
                  </PlaceLink>
                  {lang === 'zh' ? '：' : ': '}
                  {said(task)} <span className="soft small">{when(task)}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

type RunTask = Exclude<DashboardTask, { kind: 'proof-ends' }>
const said = (task: RunTask): string =>
  task.kind === 'no-instructor'
    ? w.task['no-instructor'](task.meetings, task.asked)
    : task.kind === 'minimum-missing'
      ? w.task['minimum-missing'](task.taken, task.minimum)
      : w.task['statement-due']
const when = ({ kind, at }: RunTask): string =>
  kind === 'statement-due' ? w.since(day(at)) : kind === 'minimum-missing' ? w.by(day(at)) : w.starting(day(at))

const StatedMoney = ({ money, providerId }: { money: Dashboard['money']; providerId: string }) => (
  <section className="card stack-s" aria-labelledby="money-title">
    <div className="program-card-head">
      <h3 id="money-title">{w.money}</h3>
      <PlaceLink to={{ provider: providerId, tab: 'payout' }}>{w.openPayouts}</PlaceLink>
    </div>
    <dl className="budget-sums">
      <div>
        <dt>{w.earned}</dt>
        <dd>
          <Money fen={money.earnedFen} strong />
          <small>{w.statements(money.statements)}</small>
        </dd>
      </div>
      <div>
        <dt>{w.paidOut}</dt>
        <dd>
          <SignedMoney fen={money.paidFen} strong />
        </dd>
      </div>
      <div data-open={money.openFen}>
        <dt>{money.openFen < 0 ? w.owes : w.open}</dt>
        <dd>
          <SignedMoney fen={Math.abs(money.openFen)} strong />
        </dd>
      </div>
      <div>
        <dt>{w.held}</dt>
        <dd>
          <Money fen={money.heldFen} strong />
        </dd>
      </div>
    </dl>
  </section>
)

function Seats({ dashboard: { runs, leftOut } }: { dashboard: Dashboard }) {
  if (runs.length === 0) return <NothingYet title={w.noRuns} hint={w.noRunsHint} />
  const sum = (of: 'sold' | 'capacity') => runs.reduce((all, run) => all + run[of], 0)
  const shown = runs.slice(0, 12)
  return (
    <section className="card stack" aria-labelledby="seats-title">
      <h3 id="seats-title">{w.runs}</h3>
      <Chart
        lying
        label={w.chart(sum('sold'), sum('capacity'))}
        names={shown.map(({ title, runName }) => `${title[lang]} · ${runName[lang]}`)}
        series={(['sold', 'held', 'free'] as const).map((part) => ({
          name: w.parts[part],
          color: part === 'sold' ? 'brand' : part === 'held' ? 'tag' : 'line-strong',
          values: shown.map((run) => run[part]),
        }))}
        say={String}
      />
      <DataTable<DashboardRun>
        label={w.table}
        rowKey="runId"
        dataSource={runs}
        columns={[
          { title: w.run, render: (_, { title, runName }) => `${title[lang]} · ${runName[lang]}` },
          { title: w.starts, render: (_, { startsAt }) => day(startsAt) },
          { title: w.parts.sold, align: 'right', dataIndex: 'sold' },
          { title: w.parts.held, align: 'right', dataIndex: 'held' },
          { title: w.parts.free, align: 'right', dataIndex: 'free' },
        ]}
      />
      {leftOut > 0 && <p className="soft small">{w.leftOut(leftOut)}</p>}
    </section>
  )
}

import type { Assembly } from './assembly.ts'
import { readSchedule, type Due } from './cron.ts'
import type { DeadLetters } from './dead-letters.ts'
import type { Functions } from './functions.ts'
import type { LambdaFunction } from './lambda.ts'
import { account, region } from './physical-names.ts'

export interface Schedules {
  /** Does now what a schedule does when it is due; by its name, its logical id or the key of its function. Throws what the function threw. */
  fire(name: string): Promise<unknown>
  /** Lets time run. */
  run(): void
  stop(): Promise<void>
}

interface Schedule {
  names: string[]
  due: Due
  fn: LambdaFunction
  payload: () => string
  destination: string | undefined
}

interface Target {
  Arn: string
  Input?: string
  RetryPolicy?: { MaximumRetryAttempts?: number }
}

const retries = 2

/** The template's timers: EventBridge Scheduler and scheduled rules. Tests do not let time run; they fire. */
export function createSchedules(assembly: Assembly, functions: Functions, deadLetters: DeadLetters): Schedules {
  const all: Schedule[] = []
  // Where a throw ends: the destination of the function's asynchronous invocation, not the rule's queue, which keeps what was never delivered.
  const onFailure = new Map(
    assembly.of('AWS::Lambda::EventInvokeConfig').map(({ properties }) => {
      const to = properties['DestinationConfig'] as { OnFailure?: { Destination?: string } } | undefined
      return [String(properties['FunctionName']), to?.OnFailure?.Destination] as const
    }),
  )
  const add = (names: string[], expression: unknown, zone: unknown, target: Target, event: () => object) => {
    const fn = functions.byArn(target.Arn)
    if (!fn) return
    const payload = () => target.Input ?? JSON.stringify(event())
    all.push({
      names: [...names, fn.config.name],
      due: readSchedule(String(expression), typeof zone === 'string' ? zone : 'UTC'),
      fn,
      payload,
      destination: onFailure.get(fn.config.name),
    })
  }
  for (const { id, ref, properties } of assembly.of('AWS::Scheduler::Schedule')) {
    if (properties['State'] !== 'DISABLED')
      add([ref, id], properties['ScheduleExpression'], properties['ScheduleExpressionTimezone'], properties['Target'] as Target, () => ({}))
  }
  for (const { id, ref, properties } of assembly.of('AWS::Events::Rule')) {
    if (properties['ScheduleExpression'] === undefined || properties['State'] === 'DISABLED') continue
    for (const target of properties['Targets'] as Target[])
      add([ref, id], properties['ScheduleExpression'], 'UTC', target, () => scheduledEvent(ref))
  }

  const running = new Set<Promise<unknown>>()
  let stopped = false
  async function due(schedule: Schedule) {
    let why = ''
    for (let attempt = 0; attempt <= retries && !stopped; attempt += 1) {
      const answer = await schedule.fn.invoke(schedule.payload())
      if (!answer.failed) return
      why = answer.payload
    }
    if (!stopped)
      deadLetters.add(schedule.destination ?? schedule.fn.config.name, { schedule: schedule.names[0], at: new Date().toISOString(), why })
  }
  const start = (schedule: Schedule) => {
    const work = due(schedule).finally(() => running.delete(work))
    running.add(work)
  }
  const timers: NodeJS.Timeout[] = []
  return {
    async fire(name) {
      const schedule = all.find(({ names, fn }) => names.includes(name) || fn.config.name.endsWith(`-${name}`))
      if (!schedule) throw new Error(`no schedule ${name}; there are ${all.map(({ names }) => names[0]).join(', ')}`)
      const answer = await schedule.fn.invoke(schedule.payload())
      const value = JSON.parse(answer.payload) as { errorType?: string; errorMessage?: string }
      if (answer.failed) throw new Error(`${name}: ${value.errorType}: ${value.errorMessage}`)
      return value
    },
    run() {
      for (const schedule of all) if ('everyMs' in schedule.due) timers.push(setInterval(() => start(schedule), schedule.due.everyMs))
      let lastMinute = Math.floor(Date.now() / 60_000)
      const look = () => {
        const minute = Math.floor(Date.now() / 60_000)
        if (minute === lastMinute) return
        lastMinute = minute
        for (const schedule of all) if ('minute' in schedule.due && schedule.due.minute(new Date(minute * 60_000))) start(schedule)
      }
      timers.push(setInterval(look, 1_000))
    },
    async stop() {
      stopped = true
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running)
    },
  }
}

function scheduledEvent(rule: string): object {
  return {
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [`arn:aws:events:${region}:${account}:rule/${rule}`],
    detail: {},
  }
}

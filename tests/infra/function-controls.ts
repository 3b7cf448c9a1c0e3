import { functionKeys, functions } from '@skills/infra/functions.ts'
import { unless, type Control } from './control.ts'
import { functionsOf, ofType, one, text, type Json } from './templates.ts'

export const functionControls: Record<string, Control> = {
  'every function is as its table says: ARM, Node 24, memory, time limit, JSON logs that end, traces, source maps': {
    check: (templates) => {
      const made = functionsOf(templates)
      return functionKeys.flatMap((key) => {
        const lambda = made.get(key)
        if (!lambda) return [`${key} is missing`]
        const { Properties: is } = lambda
        const log = ofType(templates, 'AWS::Logs::LogGroup').find(
          (group) => group.id === is.LoggingConfig?.LogGroup?.Ref && group.stack === lambda.stack,
        )
        return [
          ...unless(text(is.Architectures) === '["arm64"]' && is.Runtime === 'nodejs24.x', `${key} runs elsewhere`),
          ...unless(is.MemorySize === functions[key].memoryMb && is.Timeout === functions[key].timeoutSeconds, `${key} has other limits`),
          ...unless(is.LoggingConfig?.LogFormat === 'JSON' && log?.Properties.RetentionInDays === 180, `${key} logs without end or form`),
          ...unless(is.TracingConfig?.Mode === 'Active', `${key} leaves no traces`),
          ...unless(
            (is.Environment.Variables.NODE_OPTIONS === '--enable-source-maps') === (functions[key].kind !== 'api'),
            `${key} ignores source maps, or reads them while a person waits`,
          ),
        ]
      })
    },
    remove: (templates) => void (functionsOf(templates).get('people')!.Properties.Architectures = ['x86_64']),
  },
  'every log ends': {
    check: (templates) =>
      ofType(templates, 'AWS::Logs::LogGroup')
        .filter((log) => log.Properties.RetentionInDays === undefined)
        .map(({ id }) => `${id} is kept for ever`),
    remove: (templates) => delete one(templates, 'AWS::Logs::LogGroup').Properties.RetentionInDays,
  },
  'stream consumers see only their items, halve failing batches, try again and lay aside what cannot be done': {
    check: (templates) => {
      const mappings = ofType(templates, 'AWS::Lambda::EventSourceMapping')
      const seen = mappings
        .flatMap((mapping) => mapping.Properties.FilterCriteria?.Filters.map((filter: Json) => filter.Pattern) ?? [])
        .join()
      return [
        ...unless(mappings.length === 2, `${mappings.length} consumers`),
        ...['COURSE#', 'RUN#', 'PROVIDER#', 'VENUE#', 'SHARD#', 'OUTBOX#']
          .filter((prefix) => !seen.includes(`{"prefix":"${prefix}"}`))
          .map((prefix) => `nobody sees ${prefix}`),
        ...mappings.flatMap(({ id, Properties: is }) => [
          ...unless(is.BisectBatchOnFunctionError === true && is.MaximumRetryAttempts > 0, `${id} does not halve and try again`),
          ...unless(text(is.FunctionResponseTypes) === '["ReportBatchItemFailures"]', `${id} fails whole batches`),
          ...unless(text(is.DestinationConfig?.OnFailure?.Destination ?? '').includes('deadletters'), `${id} loses what fails`),
        ]),
      ]
    },
    remove: (templates) => delete one(templates, 'AWS::Lambda::EventSourceMapping').Properties.DestinationConfig,
  },
  'sweeps of runs, queues and payments come every minute, books are checked and quality reckoned every day, and what fails is kept': {
    check: (templates) => {
      const rules = ofType(templates, 'AWS::Events::Rule').map(({ Properties }) => Properties)
      const rates = rules.map(({ ScheduleExpression }) => String(ScheduleExpression))
      return [
        ...unless(
          rates.filter((rate) => rate === 'rate(1 minute)').length >= 4 &&
            rates.filter((rate) => rate === 'rate(1 day)').length === 2 &&
            rates.every((rate) => ['rate(1 minute)', 'rate(5 minutes)', 'rate(1 hour)', 'rate(1 day)'].includes(rate)),
          'another rhythm',
        ),
        ...unless(
          rules.every(({ Targets }) => Targets[0].DeadLetterConfig?.Arn),
          'no dead letters',
        ),
      ]
    },
    remove: (templates) => delete one(templates, 'AWS::Events::Rule').Properties.Targets[0].DeadLetterConfig,
  },
  'what a clock calls rings at its first failure': {
    check: (templates) =>
      functionKeys
        .filter((key) => functions[key].kind === 'schedule')
        .flatMap((key) => {
          const failing = ofType(templates, 'AWS::CloudWatch::Alarm').find(({ id }) => id.startsWith(`${key.replaceAll('-', '')}Failing`))
          return unless(failing?.Properties.Threshold === 0, `${key} may fail unheard`)
        }),
    remove: (templates) => {
      for (const { Properties } of ofType(templates, 'AWS::CloudWatch::Alarm')) Properties.Threshold = 3
    },
  },
  'each function has an alarm that begins with who is hurt, on an encrypted topic': {
    check: (templates) => {
      const alarms = ofType(templates, 'AWS::CloudWatch::Alarm')
      return [
        ...functionKeys.filter(
          (key) =>
            !alarms.some(
              (alarm) =>
                alarm.id.startsWith(`${key.replaceAll('-', '')}Failing`) &&
                alarm.Properties.AlarmDescription.startsWith(functions[key].harm),
            ),
        ),
        ...alarms.filter((alarm) => alarm.Properties.AlarmActions?.length !== 1).map(({ id }) => `${id} speaks to nobody`),
        ...unless(one(templates, 'AWS::SNS::Topic').Properties.KmsMasterKeyId, 'the topic is not encrypted'),
      ]
    },
    remove: (templates) => delete one(templates, 'AWS::CloudWatch::Alarm').Properties.AlarmActions,
  },
}

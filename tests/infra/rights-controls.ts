import { permissions } from '@skills/infra/permissions.ts'
import { unless, type Control } from './control.ts'
import { functionsOf, list, statementsOf, text } from './templates.ts'

export const rightsControls: Record<string, Control> = {
  'a function may do what permissions.ts says on the table, and no more': {
    check: (templates) =>
      [...functionsOf(templates)].flatMap(([key, lambda]) => {
        const may = permissions[key as keyof typeof permissions]
        const onTable = statementsOf(templates, lambda)
          .filter((statement) => text(statement.Resource).includes('Table') && !/stream|\/index\//i.test(text(statement.Resource)))
          .flatMap((statement) => list(statement.Action))
        const asked = (may.table ?? []).map((action) => `dynamodb:${action}`)
        return unless(text(onTable.toSorted()) === text(asked.toSorted()), `${key} may ${onTable.join(', ')}`)
      }),
    remove: (templates) =>
      statementsOf(templates, functionsOf(templates).get('claim-seat')!)
        .find((statement) => list(statement.Action).includes('dynamodb:PutItem'))
        .Action.push('dynamodb:DeleteItem'),
  },
  'no function has a wildcard beyond traces, its own log streams and its part of a bucket': {
    check: (templates) =>
      [...functionsOf(templates)].flatMap(([key, lambda]) =>
        statementsOf(templates, lambda).flatMap((statement) => {
          const actions = list(statement.Action)
          const traces = actions.every((action) => action.startsWith('xray:Put'))
          // Phone numbers are no resources: what is named here is everything that is *not* allowed.
          const texts =
            ['dispatch-outbox', 'redeliver', 'sweep-notices'].includes(key) &&
            text(actions) === '["sns:Publish"]' &&
            text(statement.NotResource).endsWith(':sns:*:*:*"]]}')
          return [
            ...actions.filter((action) => action.includes('*')).map((action) => `${key} may ${action}`),
            ...unless(statement.NotResource === undefined || texts, `${key} may act on all but ${text(statement.NotResource)}`),
            ...list(statement.Resource ?? [])
              .map(text)
              .filter((resource) => resource.includes('*') && !(resource === '*' && traces))
              .filter((resource) => !resource.includes(`:log-group:/aws/lambda/skills-prod-${key}:log-stream:*`))
              .filter((resource) => !(key === 'publish-catalog' && /"\/(catalog|courses|en\/courses)\/\*"/.test(resource)))
              .filter((resource) => !(['files', 'sweep-files'].includes(key) && /"\/(incoming|kept)\/\*"/.test(resource)))
              .filter((resource) => !(key === 'files' && /"\/catalog\/pictures\/\*"/.test(resource)))
              .map((resource) => `${key} may act on ${resource}`),
          ]
        }),
      ),
    remove: (templates) =>
      void (statementsOf(templates, functionsOf(templates).get('enrollment')!).find((statement) =>
        text(statement.Action).includes('dynamodb'),
      ).Resource = '*'),
  },
  'personal data is unlocked by the functions that need it, and compared by two': {
    check: (templates) =>
      [...functionsOf(templates)].flatMap(([key, lambda]) => {
        const actions = statementsOf(templates, lambda)
          .flatMap((statement) => list(statement.Action))
          .filter((action) => action.startsWith('kms:'))
        const asked: Record<string, string[]> = {
          people: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:GenerateMac'],
          'dispatch-outbox': ['kms:Decrypt'],
          redeliver: ['kms:Decrypt'],
          roster: ['kms:Decrypt'],
          quality: ['kms:Decrypt'],
          // A mail address is sealed by its owner, and opened when a message leaves.
          notices: ['kms:GenerateDataKey', 'kms:Decrypt'],
          'sweep-notices': ['kms:Decrypt'],
          'import-roster': ['kms:GenerateMac'],
        }
        return unless(text(actions.toSorted()) === text((asked[key] ?? []).toSorted()), `${key} may ${actions.join(', ')}`)
      }),
    remove: (templates) => void statementsOf(templates, functionsOf(templates).get('catalog')!)[0].Action.push('kms:Decrypt'),
  },
}

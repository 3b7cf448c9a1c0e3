import { indexes, keys } from './keys.ts'

/** `TABLE.md`: every access pattern of the table, made from the registry of keys. */
export function tablePage(): string {
  const rows = Object.values(keys).map(({ pattern, question, asks, reads }) => `| ${question} | \`${pattern}\` | ${asks} | ${reads} |`)
  const advice = Object.values(indexes).map(
    ({ name, pk, sk, question, asks }) => `| ${question} | \`${name}\` (\`${pk}\`, \`${sk}\`) | ${asks} | eventual |`,
  )
  return [
    '# The table',
    '',
    'Made by `npm run docs` from `packages/core/keys.ts`; a test fails when it is stale.',
    '',
    '| question | item (partition key / sort key) | who asks | consistency |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    'Indexes advise; every decision is taken on the items above, inside a transaction.',
    '',
    '| question | index (partition key, sort key) | who asks | consistency |',
    '| --- | --- | --- | --- |',
    ...advice,
    '',
  ].join('\n')
}

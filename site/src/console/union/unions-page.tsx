import type { SponsorView } from '@skills/contract/funding.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { termName } from '../../catalog/words.ts'
import { pageLanguage } from '../../language.ts'
import { DataTable } from '../data-table.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { useTaxonomy } from './rules-view.tsx'
import { setAsideText } from './set-aside.text.ts'
import { UnionDialog } from './union-dialog.tsx'
import { inTree, type InTree } from './union-tree.ts'
import { unionText } from './union.text.ts'
import { unionsText } from './unions.text.ts'

const lang = pageLanguage()
const w = unionsText[lang]

/** The register of unions, for operators: every union as a tree, to add one and to change one. */
export default function UnionsPage({ sponsors, changed }: { sponsors: readonly SponsorView[]; changed: () => void }) {
  const [open, setOpen] = useState<{ sponsor: SponsorView | undefined }>()
  const taxonomy = useTaxonomy()
  const add = (
    <Button type="primary" onClick={() => setOpen({ sponsor: undefined })}>
      {w.add}
    </Button>
  )
  return (
    <section>
      <div className="console-title">
        <h2>{w.title}</h2>
        {sponsors.length > 0 && add}
      </div>
      <p className="soft">{w.hint}</p>
      {sponsors.length === 0 ? (
        <NothingYet title={w.none} hint={w.hint}>
          {add}
        </NothingYet>
      ) : (
        <DataTable<InTree>
          label={w.title}
          rowKey="id"
          pageSize={50}
          dataSource={inTree(sponsors)}
          columns={[
            {
              title: w.name,
              render: (_, { id, name, depth }) => (
                <span className="tree-line" style={{ paddingInlineStart: depth * 18 }} data-union={id}>
                  {depth > 0 ? '└ ' : ''}
                  <PlaceLink to={{ sponsor: id }}>{name[lang]}</PlaceLink>
                </span>
              ),
            },
            { title: w.level, render: (_, { level }) => unionText[lang].level[level] },
            { title: w.region, render: (_, { region }) => termName(taxonomy, 'regions', region, lang) },
            { title: w.uscc, render: (_, { uscc }) => <span className="figures">{uscc ?? '—'}</span> },
            {
              title: setAsideText[lang].allocations.actions,
              render: (_, { id, name }) => (
                <Button
                  size="small"
                  aria-label={`${w.edit} ${name[lang]}`}
                  onClick={() => setOpen({ sponsor: sponsors.find((one) => one.id === id) })}
                >
                  {w.edit}
                </Button>
              ),
            },
          ]}
        />
      )}
      {open && (
        <UnionDialog
          sponsor={open.sponsor}
          sponsors={sponsors}
          close={() => setOpen(undefined)}
          done={() => {
            setOpen(undefined)
            changed()
          }}
        />
      )}
    </section>
  )
}

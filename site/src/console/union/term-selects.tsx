import { Select, type SelectProps } from 'antd'
import type { Taxonomy } from '../../catalog/words.ts'
import { pageLanguage } from '../../language.ts'

const lang = pageLanguage()
type Parts = SelectProps & { taxonomy: Taxonomy }
const found = {
  filter: (typed: string, option?: { label?: unknown }) =>
    String(option?.label ?? '')
      .toLowerCase()
      .includes(typed.toLowerCase()),
}

/** Chooses trades of the taxonomy by name: items of the special operations and the others. */
export function TradeSelect({ taxonomy, ...rest }: Parts) {
  const special = (taxonomy.lists['specialOperations']?.terms ?? []).filter(({ parent }) => parent !== undefined)
  const options = [...special, ...(taxonomy.lists['trades']?.terms ?? [])].map(({ code, name }) => ({ value: code, label: name[lang] }))
  return <Select showSearch={{ filterOption: found.filter }} options={options} {...rest} />
}

/** Chooses regions: a province counts whole by the first two digits of its code, a city by the first four. */
export function RegionSelect({ taxonomy, ...rest }: Parts) {
  const options = (taxonomy.lists['regions']?.terms ?? []).map(({ code, name, parent }) => ({
    value: code.endsWith('0000') ? code.slice(0, 2) : code.endsWith('00') ? code.slice(0, 4) : code,
    label: name[lang],
    below: parent !== undefined,
  }))
  return (
    <Select
      mode="multiple"
      showSearch={{ filterOption: found.filter }}
      options={options}
      optionRender={({ data }) => `${data['below'] ? '— ' : ''}${data['label'] as string}`}
      {...rest}
    />
  )
}

import type { Term, TermList } from '@skills/contract/taxonomy.ts'

/** A category of the catalogue with its items: `[code, zh, en]` each. */
function category(code: string, zh: string, en: string, items: readonly (readonly [string, string, string])[]): Term[] {
  const process = items.map(([item, itemZh, itemEn]): Term => ({ code: item, name: { zh: itemZh, en: itemEn }, parent: code }))
  return [{ code, name: { zh, en } }, ...process]
}

const chemical = (code: string, zh: string, en: string) => [`chemical-${code}`, `${zh}工艺作业`, `${en} process`] as const

/** The special operations 特种作业: eleven categories and their items. Only an item can be a course's trade. */
export const specialOperations: TermList = {
  version: '2015-1',
  source:
    '特种作业目录, annex of 特种作业人员安全技术培训考核管理规定 (Order 30 of 2010, amended 2013 and 2015): 11 categories, 51 items. ' +
    'The electrician, welding and work-at-height items were checked against copies of the rule; the items of the other categories and all ' +
    'English names are unverified: compare with the annex, and with any newer catalogue, before they decide anything.',
  terms: [
    ...category('electrician', '电工作业', 'Electrical work', [
      ['high-voltage-electrician', '高压电工作业', 'High-voltage electrician'],
      ['low-voltage-electrician', '低压电工作业', 'Low-voltage electrician'],
      ['explosion-proof-electrician', '防爆电气作业', 'Explosion-proof electrical work'],
    ]),
    ...category('welding-and-cutting', '焊接与热切割作业', 'Welding and thermal cutting', [
      ['fusion-welding', '熔化焊接与热切割作业', 'Fusion welding and thermal cutting'],
      ['pressure-welding', '压力焊作业', 'Pressure welding'],
      ['brazing', '钎焊作业', 'Brazing and soldering'],
    ]),
    ...category('work-at-height', '高处作业', 'Work at height', [
      ['scaffolding', '登高架设作业', 'Scaffolding and rigging at height'],
      ['installation-at-height', '高处安装、维护、拆除作业', 'Installation, maintenance and removal at height'],
    ]),
    ...category('refrigeration', '制冷与空调作业', 'Refrigeration and air conditioning', [
      ['refrigeration-operation', '制冷与空调设备运行操作作业', 'Operating refrigeration and air conditioning plant'],
      ['refrigeration-repair', '制冷与空调设备安装修理作业', 'Installing and repairing refrigeration and air conditioning'],
    ]),
    ...category('coal-mine', '煤矿安全作业', 'Coal mine safety', [
      ['coal-mine-electrician', '煤矿井下电气作业', 'Underground electrical work in coal mines'],
      ['coal-mine-blasting', '煤矿井下爆破作业', 'Underground blasting in coal mines'],
      ['coal-mine-monitoring', '煤矿安全监测监控作业', 'Safety monitoring in coal mines'],
      ['coal-mine-gas-inspection', '煤矿瓦斯检查作业', 'Gas inspection in coal mines'],
      ['coal-mine-safety-inspection', '煤矿安全检查作业', 'Safety inspection in coal mines'],
      ['coal-mine-hoist', '煤矿提升机操作作业', 'Hoist operation in coal mines'],
      ['coal-mine-shearer', '煤矿采煤机（掘进机）操作作业', 'Shearer and road-header operation'],
      ['coal-mine-gas-drainage', '煤矿瓦斯抽采作业', 'Gas drainage in coal mines'],
      ['coal-mine-outburst-prevention', '煤矿防突作业', 'Outburst prevention in coal mines'],
      ['coal-mine-water-exploration', '煤矿探放水作业', 'Water exploration and drainage in coal mines'],
    ]),
    ...category('metal-nonmetal-mine', '金属非金属矿山安全作业', 'Metal and non-metal mine safety', [
      ['mine-ventilation', '金属非金属矿井通风作业', 'Mine ventilation'],
      ['tailings', '尾矿作业', 'Tailings work'],
      ['mine-safety-inspection', '金属非金属矿山安全检查作业', 'Mine safety inspection'],
      ['mine-hoist', '金属非金属矿山提升机操作作业', 'Mine hoist operation'],
      ['mine-support', '金属非金属矿山支柱作业', 'Mine support work'],
      ['mine-electrician', '金属非金属矿山井下电气作业', 'Underground electrical work in mines'],
      ['mine-drainage', '金属非金属矿山排水作业', 'Mine drainage'],
      ['mine-blasting', '金属非金属矿山爆破作业', 'Mine blasting'],
    ]),
    ...category('oil-and-gas', '石油天然气安全作业', 'Oil and gas safety', [['drilling', '司钻作业', 'Drilling']]),
    ...category('metallurgy', '冶金（有色）生产安全作业', 'Metallurgy safety', [['metallurgy-gas', '煤气作业', 'Gas work in metallurgy']]),
    ...category('hazardous-chemicals', '危险化学品安全作业', 'Hazardous chemicals safety', [
      chemical('phosgenation', '光气及光气化', 'Phosgenation'),
      chemical('chlor-alkali', '氯碱电解', 'Chlor-alkali electrolysis'),
      chemical('chlorination', '氯化', 'Chlorination'),
      chemical('nitration', '硝化', 'Nitration'),
      chemical('ammonia', '合成氨', 'Ammonia synthesis'),
      chemical('cracking', '裂解（裂化）', 'Cracking'),
      chemical('fluorination', '氟化', 'Fluorination'),
      chemical('hydrogenation', '加氢', 'Hydrogenation'),
      chemical('diazotization', '重氮化', 'Diazotization'),
      chemical('oxidation', '氧化', 'Oxidation'),
      chemical('peroxidation', '过氧化', 'Peroxidation'),
      chemical('amination', '胺基化', 'Amination'),
      chemical('sulfonation', '磺化', 'Sulfonation'),
      chemical('polymerization', '聚合', 'Polymerization'),
      chemical('alkylation', '烷基化', 'Alkylation'),
      ['chemical-instruments', '化工自动化控制仪表作业', 'Automation and instruments in chemical plants'],
    ]),
    ...category('fireworks', '烟花爆竹安全作业', 'Fireworks safety', [
      ['pyrotechnic-composition', '烟火药制造作业', 'Making pyrotechnic composition'],
      ['black-powder', '黑火药制造作业', 'Making black powder'],
      ['fuse-making', '引火线制造作业', 'Making fuses'],
      ['fireworks-assembly', '烟花爆竹产品涉药作业', 'Fireworks work with composition'],
      ['fireworks-storage', '烟花爆竹储存作业', 'Fireworks storage'],
    ]),
    ...category('other-special-operations', '应急管理部门认定的其他作业', 'Others named by the authority', []),
  ],
}

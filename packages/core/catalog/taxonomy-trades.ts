import type { Term, TermList } from '@skills/contract/taxonomy.ts'

const of = (parent: string, terms: readonly (readonly [string, string, string])[]) =>
  terms.map(([code, zh, en]): Term => ({ code, name: { zh, en }, parent }))

/** The industries of the Free Trade Port that training serves, coarse enough to browse by. */
export const industries: TermList = {
  version: '2026-1',
  source:
    'The four leading industries of Hainan (tourism, modern services, high-tech, tropical high-efficiency agriculture) and its three ' +
    'fields of the future (seed breeding, deep sea, aerospace), with construction, manufacturing and household services where most workers are. ' +
    'The cut is ours, made for browsing.',
  terms: [
    { code: 'tourism', name: { zh: '旅游业', en: 'Tourism' } },
    { code: 'modern-services', name: { zh: '现代服务业', en: 'Modern services' } },
    { code: 'high-tech', name: { zh: '高新技术产业', en: 'High-tech' } },
    { code: 'tropical-agriculture', name: { zh: '热带特色高效农业', en: 'Tropical agriculture' } },
    { code: 'seed-breeding', name: { zh: '南繁种业', en: 'Seed breeding' } },
    { code: 'deep-sea', name: { zh: '深海科技', en: 'Deep sea' } },
    { code: 'aerospace', name: { zh: '航天航空', en: 'Aerospace' } },
    { code: 'construction', name: { zh: '建筑与安装', en: 'Construction and installation' } },
    { code: 'manufacturing', name: { zh: '制造与电力', en: 'Manufacturing and power' } },
    { code: 'household-services', name: { zh: '康养与家政', en: 'Care and household services' } },
  ],
}

/** Trades that are no special operation. A trade's parent is the industry it is mostly found in. */
export const trades: TermList = {
  version: '2026-1',
  source:
    'Occupations named after 中华人民共和国职业分类大典 (2022) and local specialities of Hainan; the choice is ours, codes are ours, ' +
    'and which of them have a skill-level appraisal in force must be looked up before one is offered.',
  terms: [
    ...of('tourism', [
      ['cook', '中式烹调师', 'Chinese cook'],
      ['pastry-cook', '西式面点师', 'Western pastry cook'],
      ['dim-sum-cook', '中式面点师', 'Chinese pastry cook'],
      ['barista', '咖啡师', 'Barista'],
      ['tea-artist', '茶艺师', 'Tea artist'],
      ['bartender', '调酒师', 'Bartender'],
      ['tour-guide', '导游', 'Tour guide'],
      ['hotel-service', '客房与前厅服务员', 'Hotel service'],
      ['restaurant-service', '餐厅服务员', 'Restaurant service'],
      ['homestay-host', '民宿管家', 'Homestay host'],
      ['diving-guide', '潜水指导员', 'Diving guide'],
      ['surfing-coach', '冲浪指导员', 'Surfing coach'],
      ['lifeguard', '游泳救生员', 'Lifeguard'],
      ['yacht-crew', '游艇水手', 'Yacht crew'],
      ['li-brocade', '黎锦纺染织绣', 'Li brocade weaving'],
    ]),
    ...of('modern-services', [
      ['livestream-seller', '互联网营销师', 'Livestream seller'],
      ['e-commerce', '电子商务师', 'E-commerce operator'],
      ['duty-free-sales', '免税品导购', 'Duty-free sales'],
      ['customs-clerk', '报关与关务员', 'Customs clerk'],
      ['courier', '快递员', 'Courier'],
      ['food-delivery', '网约配送员', 'Delivery rider'],
      ['ride-hailing-driver', '网约车驾驶员', 'Ride-hailing driver'],
      ['forklift-warehouse', '仓储管理员', 'Warehouse keeper'],
      ['cold-chain', '冷链物流员', 'Cold chain logistics'],
      ['accountant', '会计事务', 'Bookkeeping'],
      ['office-software', '办公软件应用', 'Office software'],
      ['photography', '摄影与短视频制作', 'Photography and short video'],
      ['property-manager', '物业管理员', 'Property manager'],
      ['conference-service', '会展服务师', 'Exhibition service'],
      ['english-service', '行业英语', 'English at work'],
      ['public-speaking', '沟通与表达', 'Communication'],
      ['labor-relations', '劳动关系协调师', 'Labor relations'],
      ['first-aid', '应急救护', 'First aid'],
    ]),
    ...of('high-tech', [
      ['drone-pilot', '无人机驾驶员', 'Drone pilot'],
      ['ai-trainer', '人工智能训练师', 'AI trainer'],
      ['data-annotation', '数据标注员', 'Data annotator'],
      ['network-security', '网络与信息安全管理员', 'Network security'],
      ['network-technician', '网络设备调试员', 'Network technician'],
      ['industrial-robot', '工业机器人系统操作员', 'Industrial robot operator'],
      ['new-energy-vehicle', '新能源汽车维修', 'New energy vehicle repair'],
      ['photovoltaic', '光伏运维员', 'Photovoltaic maintenance'],
      ['charging-pile', '充电设施运维', 'Charging station maintenance'],
      ['pharma-worker', '药物制剂工', 'Pharmaceutical preparation'],
    ]),
    ...of('tropical-agriculture', [
      ['coconut-processing', '椰子加工', 'Coconut processing'],
      ['rubber-tapping', '橡胶割胶工', 'Rubber tapping'],
      ['betel-processing', '槟榔加工', 'Betel nut processing'],
      ['tropical-fruit', '热带果树栽培', 'Tropical fruit growing'],
      ['pepper-growing', '胡椒种植加工', 'Pepper growing and processing'],
      ['coffee-growing', '咖啡种植与初加工', 'Coffee growing and processing'],
      ['vegetable-growing', '蔬菜园艺工', 'Vegetable growing'],
      ['plant-protection', '农作物植保员', 'Crop protection'],
      ['aquaculture', '水产养殖员', 'Aquaculture'],
      ['beekeeping', '养蜂员', 'Beekeeping'],
      ['orchid-growing', '热带花卉园艺师', 'Tropical flower growing'],
      ['agricultural-broker', '农产品经纪人', 'Farm produce broker'],
    ]),
    ...of('seed-breeding', [
      ['crop-breeding', '作物南繁育种工', 'Crop breeding'],
      ['seed-production', '制种工', 'Seed production'],
      ['seed-inspection', '种子质量检验员', 'Seed inspection'],
      ['tissue-culture', '植物组织培养工', 'Plant tissue culture'],
    ]),
    ...of('deep-sea', [
      ['seafarer', '海船水手', 'Seafarer'],
      ['marine-survey', '海洋调查员', 'Marine survey'],
      ['underwater-robot', '水下机器人操作员', 'Underwater robot operator'],
      ['net-cage', '深远海网箱养殖', 'Deep-sea net cage farming'],
      ['coral-restoration', '珊瑚礁生态修复', 'Coral reef restoration'],
    ]),
    ...of('aerospace', [
      ['launch-site-service', '发射场勤务保障', 'Launch site service'],
      ['composite-material', '复合材料成型工', 'Composite material forming'],
      ['satellite-data', '卫星遥感数据处理', 'Satellite data processing'],
      ['aircraft-maintenance', '飞机维修辅助', 'Aircraft maintenance support'],
      ['precision-assembly', '精密装配钳工', 'Precision fitter'],
    ]),
    ...of('construction', [
      ['bricklayer', '砌筑工', 'Bricklayer'],
      ['rebar-worker', '钢筋工', 'Rebar worker'],
      ['plumber', '管工', 'Plumber'],
      ['building-information', '建筑信息模型技术员', 'BIM technician'],
      ['interior-finisher', '装饰装修工', 'Interior finisher'],
    ]),
    ...of('manufacturing', [
      ['electrician-skill', '电工（职业技能）', 'Electrician (skill level)'],
      ['welder-skill', '焊工（职业技能）', 'Welder (skill level)'],
      ['fitter', '钳工', 'Fitter'],
      ['lathe-operator', '车工', 'Lathe operator'],
      ['numerical-control', '数控铣工', 'CNC miller'],
      ['food-inspection', '食品检验', 'Food inspection'],
      ['safety-officer', '班组安全管理', 'Team safety management'],
    ]),
    ...of('household-services', [
      ['elderly-care', '养老护理员', 'Elderly care'],
      ['infant-care', '育婴员', 'Infant care'],
      ['maternity-care', '母婴护理员', 'Maternity care'],
      ['housekeeping', '家政服务员', 'Housekeeping'],
      ['massage', '保健按摩师', 'Massage'],
      ['health-manager', '健康管理师', 'Health manager'],
      ['hairdresser', '美发师', 'Hairdresser'],
      ['beautician', '美容师', 'Beautician'],
      ['medical-attendant', '医疗护理员', 'Medical attendant'],
      ['tailor', '裁缝', 'Tailor'],
    ]),
  ],
}

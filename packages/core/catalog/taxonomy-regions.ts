import type { Term, TermList } from '@skills/contract/taxonomy.ts'

const city = (code: string, zh: string, en: string): Term => ({ code, name: { zh, en }, parent: '460000' })

/** Hainan and its cities and counties by their administrative division codes. */
export const regions: TermList = {
  version: '2024-1',
  source: 'GB/T 2260 中华人民共和国行政区划代码 (Hainan, 460000); county-level units directly under the province carry 4690xx',
  terms: [
    { code: '460000', name: { zh: '海南省', en: 'Hainan' } },
    city('460100', '海口市', 'Haikou'),
    city('460200', '三亚市', 'Sanya'),
    city('460300', '三沙市', 'Sansha'),
    city('460400', '儋州市', 'Danzhou'),
    city('469001', '五指山市', 'Wuzhishan'),
    city('469002', '琼海市', 'Qionghai'),
    city('469005', '文昌市', 'Wenchang'),
    city('469006', '万宁市', 'Wanning'),
    city('469007', '东方市', 'Dongfang'),
    city('469021', '定安县', "Ding'an"),
    city('469022', '屯昌县', 'Tunchang'),
    city('469023', '澄迈县', 'Chengmai'),
    city('469024', '临高县', 'Lingao'),
    city('469025', '白沙黎族自治县', 'Baisha Li'),
    city('469026', '昌江黎族自治县', 'Changjiang Li'),
    city('469027', '乐东黎族自治县', 'Ledong Li'),
    city('469028', '陵水黎族自治县', 'Lingshui Li'),
    city('469029', '保亭黎族苗族自治县', 'Baoting Li and Miao'),
    city('469030', '琼中黎族苗族自治县', 'Qiongzhong Li and Miao'),
  ],
}

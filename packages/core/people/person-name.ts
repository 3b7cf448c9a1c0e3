import type { Text } from '@skills/contract/text.ts'

export type PersonName = { ok: true; name: string } | { ok: false; code: 'length' | 'characters'; detail: Text }

const longest = 50
const letter = String.raw`[\p{Script=Han}[\p{Script=Latin}&&\p{L}]]`
const shape = new RegExp(String.raw`^${letter}+(?:[· '’\-]${letter}+)*$`, 'v')
const dots = /[•‧∙⋅・･．]/g

/**
 * Reads a real name as it stands on a card: Han of every plane, Latin letters, and between them `·`, a space, a hyphen or an apostrophe.
 * Look-alike dots become `·`, runs of spaces one. Control, invisible and turning characters, emoji and markup are refused.
 */
export function personName(text: string): PersonName {
  const name = text
    .normalize('NFC')
    .replace(dots, '·')
    .replace(/[ \u3000]+/g, ' ')
    .replace(/ ?· ?/g, '·')
    .trim()
  const length = [...name].length
  if (length === 0 || length > longest)
    return {
      ok: false,
      code: 'length',
      detail: { zh: `请填写证件上的姓名，最多 ${longest} 个字。`, en: `Enter the name on your card, at most ${longest} characters.` },
    }
  if (!shape.test(name))
    return {
      ok: false,
      code: 'characters',
      detail: {
        zh: '姓名只能包含汉字、拉丁字母和间隔号“·”。',
        en: 'A name consists of Chinese characters, Latin letters and the dot "·".',
      },
    }
  return { ok: true, name }
}

/** Surnames of two characters that are in use; a name of two characters is never taken for one. */
const compound = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 夏侯 端木 轩辕 南宫 西门 独孤 申屠 钟离 闻人 东郭 呼延 澹台 公冶 宗政 濮阳 淳于 单于 太史 百里 赫连 拓跋 完颜 第五 梁丘 左丘 东门 公羊 即墨 达奚 褚师 欧陽'.split(
    ' ',
  ),
)

/** `张三` → `张*`, `欧阳娜娜` → `欧阳**`, `John Smith` → `J*** *****`: the surname or first letter stays, every other letter is a star. */
export function maskName(name: string): string {
  const letters = [...name]
  const shown = letters.length === 1 ? 0 : letters.length > 2 && compound.has(letters.slice(0, 2).join('')) ? 2 : 1
  return letters.map((letter, place) => (place < shown || /[· '’-]/.test(letter) ? letter : '*')).join('')
}

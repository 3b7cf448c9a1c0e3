const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/**
 * Lines that were typed or pasted, `name number` each, as the table that the API reads. A mobile number is known by its shape; anything else is taken as a
 * resident ID. Blank lines stay, so that the row numbers of the answer are those of the lines, plus one for the heading.
 */
export function pastedList(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => {
    const cells = line
      .trim()
      .split(/[\t,，;；]+|\s{1,}/)
      .filter(Boolean)
    const number = cells.at(-1) ?? ''
    const numbered = cells.length > 1 && /\d{6}/.test(number.normalize('NFKC').replace(/[\s-]/g, ''))
    // A name may hold spaces.
    const name = (numbered ? cells.slice(0, -1) : cells).join(' ')
    const mobile = numbered && /^(\+?86)?1\d{10}$/.test(number.normalize('NFKC').replace(/[\s-]/g, ''))
    return [name, mobile ? number : '', numbered && !mobile ? number : ''].map(quoted).join(',')
  })
  return ['姓名,手机号,身份证号', ...lines].join('\r\n')
}

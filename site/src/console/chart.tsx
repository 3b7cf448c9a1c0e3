import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
import { houseToken, onLookChange } from './house-theme.ts'

interface Series {
  name: string
  /** A design token of the house. */
  color: string
  values: readonly number[]
}
interface Parts {
  /** What the picture shows, in a sentence; the numbers stand in a table nearby. */
  label: string
  names: readonly string[]
  series: readonly Series[]
  say: (value: number) => string
  axis?: (value: number) => string
  /** Bars lie for long names, and stand for months. */
  lying?: boolean
}

/** A stacked bar chart on a canvas, in the house's colors. The library comes when a chart is first shown. */
export function Chart(parts: Parts) {
  const place = useRef<HTMLDivElement>(null)
  const [look, setLook] = useState(0)
  const height = parts.lying ? Math.max(150, parts.names.length * 38 + 78) : 260
  useEffect(() => onLookChange(() => setLook((n) => n + 1)), [])
  useEffect(() => {
    let chart: EChartsType | undefined
    let gone = false
    const resize = new ResizeObserver(() => chart?.resize())
    void import('./echarts-parts.ts').then(({ init }) => {
      if (gone || !place.current) return
      chart = init(place.current)
      chart.setOption(options(place.current, parts))
      resize.observe(place.current)
    })
    return () => {
      gone = true
      resize.disconnect()
      chart?.dispose()
    }
  }, [JSON.stringify([parts.names, parts.series]), look])
  return <div ref={place} className="chart" role="img" aria-label={parts.label} style={{ height }} />
}

function options(place: HTMLElement, { names, series, say, axis = say, lying = false }: Parts): EChartsCoreOption {
  const soft = houseToken('ink-soft')
  const fontFamily = getComputedStyle(document.body).fontFamily
  const values = {
    type: 'value',
    axisLabel: { color: soft, formatter: axis, hideOverlap: true },
    splitLine: { lineStyle: { color: houseToken('line') } },
    splitNumber: 4,
  }
  const kinds = {
    type: 'category',
    data: names,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: houseToken('line-strong') } },
    axisLabel: { color: houseToken('ink'), ...(lying ? { width: place.clientWidth < 560 ? 110 : 230, overflow: 'truncate' } : {}) },
    inverse: lying,
  }
  return {
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 400,
    textStyle: { fontFamily },
    grid: { left: 8, right: 20, top: 40, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 14, icon: 'roundRect', textStyle: { color: houseToken('ink'), fontFamily } },
    // Drawn on the canvas as well: a box of HTML would carry inline styles, which the policy of the house refuses.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => say(Number(value)),
      backgroundColor: houseToken('surface'),
      borderColor: houseToken('line-strong'),
      textStyle: { color: houseToken('ink'), fontFamily },
      confine: true,
    },
    ...(lying ? { xAxis: values, yAxis: kinds } : { xAxis: kinds, yAxis: values }),
    series: series.map(({ name, color, values: data }) => ({
      type: 'bar',
      stack: 'all',
      name,
      data,
      barMaxWidth: lying ? 20 : 36,
      itemStyle: { color: houseToken(color), borderColor: houseToken('surface'), borderWidth: 1 },
      emphasis: { focus: 'series' },
    })),
  }
}

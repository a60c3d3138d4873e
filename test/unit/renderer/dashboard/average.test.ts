import { expect, it } from 'vitest'
import { weeklyAverage } from '#renderer/dashboard/average.ts'

const day = (date: number, total: number) => ({
  day: `2026-11-${String(date).padStart(2, '0')}`,
  total,
  completed: total / 2,
  cancelled: 1,
})

it('is the mean of the seven days that end with each day', () => {
  const days = [14, 14, 14, 14, 14, 14, 0, 7].map((total, index) => day(index + 1, total))
  expect(weeklyAverage(days)).toEqual([
    { day: '2026-11-07', total: 12, completed: 6, cancelled: 1 },
    { day: '2026-11-08', total: 11, completed: 5.5, cancelled: 1 },
  ])
})

it('draws nothing for less than a week instead of inventing days', () => {
  expect(weeklyAverage([day(1, 5), day(2, 5)])).toEqual([])
})

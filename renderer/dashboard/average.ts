import type { TrendDay } from '#shared/dashboard.ts'

/** Each day as the mean of the seven days that end with it, so that a year does not drown in its Sundays. */
export function weeklyAverage(days: readonly TrendDay[]): TrendDay[] {
  return days.slice(6).map((last, index) => {
    const week = days.slice(index, index + 7)
    const mean = (key: 'total' | 'completed' | 'cancelled') =>
      week.reduce((sum, day) => sum + day[key], 0) / week.length
    return { day: last.day, total: mean('total'), completed: mean('completed'), cancelled: mean('cancelled') }
  })
}

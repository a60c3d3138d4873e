/** The inks of the charts; each also differs by stroke, place or word, never by colour alone. */
export const inks = {
  total: 'var(--chart-total)',
  completed: 'var(--chart-completed)',
  cancelled: 'var(--chart-cancelled)',
} as const

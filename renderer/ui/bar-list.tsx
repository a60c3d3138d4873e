import classes from './bar-list.module.css'
import { ScrollRegion } from './scroll-region.tsx'

interface BarEntry {
  readonly name: string
  /** The value in words, at the end of its bar or above it. */
  readonly label: string
  /** How much of the bar is filled, from 0 to 1. */
  readonly share: number
  readonly ink: string
}

interface BarListProps {
  readonly label: string
  readonly bars: readonly BarEntry[]
  /** Short names stand before their bars, long ones above them. */
  readonly names: 'before' | 'above'
}

/** Bars that say their names and values: reading them needs neither colours nor an axis. */
export function BarList({ label, bars, names }: BarListProps) {
  return (
    <ScrollRegion label={label} className={classes.region}>
      <ol className={classes.list} data-names={names}>
        {bars.map(({ name, label: value, share, ink }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two products may have the same name
          <li key={`${at} ${name}`} className={classes.entry}>
            <span className={classes.name}>{name}</span>
            <svg className={classes.track} width="100%" height="100%" aria-hidden="true">
              <rect className={classes.rest} width="100%" height="100%" rx="2.5" />
              <rect fill={ink} width={`${filled(share)}%`} height="100%" rx="2.5" />
            </svg>
            <span className={classes.value}>{value}</span>
          </li>
        ))}
      </ol>
    </ScrollRegion>
  )
}

/** What is there is seen, however little it is. */
function filled(share: number): number {
  const percent = Math.min(1, Math.max(0, share)) * 100
  return percent > 0 ? Math.max(1, percent) : 0
}

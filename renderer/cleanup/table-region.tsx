import { Table, type TableProps } from '@mantine/core'
import classes from './list.module.css'

interface TableRegionProps extends TableProps {
  /** What the table is called, for those who do not see its heading. */
  readonly label: string
  /** Scrolls by itself instead of growing with its rows. */
  readonly tall?: boolean
}

/** A table in a region of its own that scrolls, and that the keyboard reaches. */
export function TableRegion({ label, tall = false, children, ...table }: TableRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={`${classes.region} ${tall ? classes.tall : ''}`} aria-label={label} tabIndex={0}>
      <Table stickyHeader={tall} verticalSpacing={5} horizontalSpacing="sm" {...table}>
        <Table.Caption className={classes.caption}>{label}</Table.Caption>
        {children}
      </Table>
    </section>
  )
}

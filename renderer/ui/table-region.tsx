import { Table, type TableProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { ScrollRegion } from './scroll-region.tsx'
import classes from './table-region.module.css'

interface TableRegionProps extends TableProps {
  /** What the table is called, for those who do not see its heading. */
  readonly label: string
  /** Scrolls by itself instead of growing with its rows. */
  readonly tall?: boolean
  /** Without a frame, inside something that has one. */
  readonly bare?: boolean
  /** Measures of the region, where they are its own. */
  readonly region?: string | undefined
  /** Stands under the rows and scrolls with them. */
  readonly foot?: ReactNode
}

/** A table in a region of its own that scrolls, and that the keyboard reaches. */
export function TableRegion({ label, tall, bare, region, foot, children, ...table }: TableRegionProps) {
  const look = [bare ? null : classes.framed, tall ? classes.tall : null, region].filter(Boolean).join(' ')
  return (
    <ScrollRegion label={label} className={look}>
      <Table stickyHeader={tall === true} verticalSpacing={5} horizontalSpacing="sm" {...table}>
        <Table.Caption className={classes.caption}>{label}</Table.Caption>
        {children}
      </Table>
      {foot}
    </ScrollRegion>
  )
}

import { Table } from '@mantine/core'
import classes from './data-table.module.css'
import { TableRegion } from './table-region.tsx'

interface DataTableProps {
  readonly caption: string
  /** The first column names the row, the others are numbers. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly [name: string, ...values: string[]])[]
}

/** The same values as a chart, as text. */
export function DataTable({ caption, columns, rows }: DataTableProps) {
  return (
    <TableRegion
      {...{ label: caption, bare: true, region: classes.region, stickyHeader: true }}
      {...{ verticalSpacing: 3, horizontalSpacing: 7, fz: 13, highlightOnHover: true }}
    >
      <Table.Thead>
        <Table.Tr>
          {columns.map((column, index) => (
            <Table.Th key={column} className={index > 0 ? classes.number : undefined}>
              {column}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, ...values], row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows may have the same name
          <Table.Tr key={`${row} ${name}`}>
            <Table.Th scope="row" className={classes.name}>
              {name}
            </Table.Th>
            {values.map((value, index) => (
              <Table.Td key={columns[index + 1]} className={classes.number}>
                {value}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableRegion>
  )
}

import { Table } from '@mantine/core'
import classes from './data-table.module.css'

interface DataTableProps {
  readonly caption: string
  /** The first column names the row, the others are numbers. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly [name: string, ...values: string[]])[]
}

/** The same values as a chart, as text. */
export function DataTable({ caption, columns, rows }: DataTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.region} aria-label={caption} tabIndex={0}>
      <Table stickyHeader verticalSpacing={3} horizontalSpacing={7} fz={13} highlightOnHover>
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
      </Table>
    </section>
  )
}

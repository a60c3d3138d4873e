import { expect, it } from 'vitest'
import { tabSeparated } from '#renderer/ui/tab-separated.ts'

it('is one line for each row, numbers bare, nothing that a spreadsheet would run or break', () => {
  expect(
    tabSeparated({
      title: 'Inventario',
      columns: [
        { title: 'Producto', kind: 'text' },
        { title: '=Mínimo', kind: 'integer' },
        { title: 'Importe', kind: 'money' },
        { title: 'Parte', kind: 'percent' },
      ],
      rows: [
        ['Algodón', 5, '-84250.10', 71.4],
        [' =1+1', 0, '0.00', null],
        ['uno\tdos\ntres', -3, null, 0],
      ],
    }),
  ).toBe("Producto\t'=Mínimo\tImporte\tParte\nAlgodón\t5\t-84250.10\t71.4%\n' =1+1\t0\t0.00\t\nuno dos tres\t-3\t\t0%")
})

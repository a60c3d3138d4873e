import { expect, test } from 'vitest'
import { beginText, quoteIdentifier } from '#electron/database/transaction.ts'

test('a read begins with its limits in one message', () => {
  expect(beginText('read', { statementTimeout: 1_000, jit: false }, 'clínica')).toBe(
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;SET LOCAL statement_timeout=1000;SET LOCAL lock_timeout=5000;' +
      'SET LOCAL idle_in_transaction_session_timeout=30000;SET LOCAL search_path="clínica";SET LOCAL jit=off',
  )
})

test('a write is READ COMMITTED, and read only where the server is', () => {
  expect(beginText('write', {}, null)).toMatch(/^BEGIN ISOLATION LEVEL READ COMMITTED;/)
})

test('a schema’s name cannot leave its quotes', () => {
  expect(quoteIdentifier('a"; DROP TABLE pacientes; --')).toBe('"a""; DROP TABLE pacientes; --"')
})

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('%d is no timeout', (statementTimeout) => {
  expect(() => beginText('read', { statementTimeout }, null)).toThrow(expect.objectContaining({ code: 'INTERNAL' }))
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectionUses } from '#electron/deployment/python/connections.ts'
import { logicalLines } from '#electron/deployment/python/logical-lines.ts'
import { poolsIn } from '#electron/deployment/python/pool-sizes.ts'

const problems = (source: string) => connectionUses(source).map(({ problems }) => problems)

const correct = `
async def get_all_users():
    conn = None
    try:
        conn = await _get_connection()
        async with conn.cursor() as cur:
            await cur.execute("SELECT ...")
            result = await cur.fetchall()
        # Cerrar transacción de solo lectura
        await conn.rollback()
        return result
    except Exception as e:
        if conn:
            await conn.rollback()
        raise
    finally:
        if conn:
            await _return_connection(conn)
`

describe('connections in the backend’s source', () => {
  it('passes the guide’s correct pattern', () => {
    expect(connectionUses(correct)).toEqual([{ line: 5, name: 'get_all_users', problems: [] }])
  })

  it('finds the guide’s incorrect pattern by its line', () => {
    const source = `conn = await _get_connection()\nawait conn.execute("SELECT ...")\nawait _return_connection(conn)\n`
    expect(connectionUses(source)).toEqual([{ line: 1, name: '', problems: ['noFinally', 'noRollback'] }])
  })

  it('passes and judges the sources of the test backend as they behave', () => {
    const read = (path: string) => readFileSync(join(import.meta.dirname, '../../../support/backend', path), 'utf8')
    expect(problems(read('clinic/auth/database.py'))).toEqual([[], []])
    expect(problems(read('clinic/stats/router.py'))).toEqual([[], []])
    expect(problems(read('modes/zeros/stats/router.py'))).toEqual([[]])
    for (const found of problems(read('modes/in-transaction/stats/router.py'))) {
      expect(found).toEqual(['noFinally', 'noRollback'])
    }
    for (const found of problems(read('modes/never-returned/stats/router.py'))) expect(found).toEqual(['notReturned'])
  })

  const without = (text: string, put = '') => correct.replace(text, put)
  it.each([
    [
      'no rollback on success',
      without('        await conn.rollback()\n        return', '        return'),
      ['noRollback'],
    ],
    [
      'no rollback on error',
      correct.replace('            await conn.rollback()\n        raise', '            pass\n        raise'),
      ['noRollbackOnError'],
    ],
    ['a narrow except only', correct.replace('except Exception as e', 'except ValueError'), ['noRollbackOnError']],
    ['a bare except', correct.replace('except Exception as e', 'except'), []],
    [
      'commit instead of rollback',
      correct.replace('await conn.rollback()\n        return', 'await conn.commit()\n        return'),
      [],
    ],
    [
      'a return before the rollback',
      correct.replace('        # Cerrar', '        if not result:\n            return None\n        # Cerrar'),
      ['noRollback'],
    ],
    [
      'a rollback only in one branch',
      correct.replace(
        '        await conn.rollback()\n        return',
        '        if result:\n            await conn.rollback()\n        return',
      ),
      ['noRollback'],
    ],
    [
      'another query after the rollback',
      correct.replace('        return result', '        await conn.execute("SELECT 1")\n        return result'),
      ['noRollback'],
    ],
    [
      'the rollback in a comment',
      correct.replace(
        '        await conn.rollback()\n        return',
        '        # await conn.rollback()\n        return',
      ),
      ['noRollback'],
    ],
    [
      'the rollback in a string',
      correct.replace(
        '        await conn.rollback()\n        return',
        '        """await conn.rollback()"""\n        return',
      ),
      ['noRollback'],
    ],
    [
      'the rollback of another connection',
      correct.replace('await conn.rollback()\n        return', 'await other_conn.rollback()\n        return'),
      ['noRollback'],
    ],
    ['never given back', correct.replace(/ {4}finally:[\s\S]*/, ''), ['notReturned']],
    [
      'given back, but not in a finally',
      correct.replace(
        '    finally:\n        if conn:\n            await _return',
        '    if conn:\n        if conn:\n            await _return',
      ),
      ['noFinally'],
    ],
  ])('%s', (_name, source, expected) => {
    expect(problems(source)).toEqual([expected])
  })

  it('passes a rollback in the finally, as a generator of FastAPI has it', () => {
    const source = `
async def get_db():
    conn = await _get_connection()
    try:
        yield conn
    finally:
        try:
            await conn.rollback()
        except Exception:
            pass
        await _return_connection(conn)
`
    expect(problems(source)).toEqual([[]])
  })

  it('passes transaction() and autocommit, and a try inside that covers everything', () => {
    const withTransaction = `
async def f():
    conn = await _get_connection()
    try:
        async with conn.transaction():
            await conn.execute("SELECT 1")
    except Exception:
        await conn.rollback(); raise
    finally: await _return_connection(conn)
`
    const autocommit = `
def f():
    conn = pool.getconn()
    try:
        conn.autocommit = True
        return conn.execute("SELECT 1").fetchall()
    finally:
        pool.putconn(conn)
`
    const inner = `
async def f():
    conn = None
    try:
        conn = await _get_connection()
        try:
            rows = await conn.execute("SELECT 1")
            await conn.rollback()
            return rows
        except:
            await conn.rollback()
            raise
    finally:
        if conn is not None: await _return_connection(conn)
`
    for (const source of [withTransaction, autocommit, inner]) expect(problems(source)).toEqual([[]])
  })

  it('follows tabs, continued lines, aliases, Windows line ends and members', () => {
    const tabs = correct.replace(/ {4}/g, '\t').replace(/\n/g, '\r\n')
    const continued = correct.replace('await _get_connection()', 'await \\\n            _get_connection(\n  )')

    const alias = `from auth.database import (_get_connection as take,\n  _return_connection as give)\n${correct
      .replaceAll('await _get_connection', 'await take')
      .replaceAll('await _return_connection', 'await give')}`
    const member = correct
      .replaceAll('conn', 'self.conn')
      .replaceAll('self.connection', 'connection')
      .replaceAll('_self.conn', '_conn')
    for (const source of [tabs, continued, alias, member.replaceAll('_get_self.connection', '_get_connection')]) {
      expect(problems(source)).toEqual([[]])
    }
  })

  it('finds what is dropped on the floor, and says when it cannot follow', () => {
    expect(problems('async def f():\n    await (await _get_connection()).execute("SELECT 1")\n')).toEqual([
      ['notReturned'],
    ])
    expect(problems('async def open_one():\n    return await _get_connection()\n')).toEqual([['unclear']])
    expect(problems('async def open_one():\n    conn = await _get_connection()\n    return conn\n')).toEqual([
      ['unclear'],
    ])
  })

  it('does not take words in strings, comments and definitions for uses', () => {
    const source = `
"""conn = await _get_connection()"""
# conn = await _get_connection()
note = 'await _get_connection()'
async def _get_connection():
    return await _pool.getconn()
`
    expect(connectionUses(source)).toEqual([])
  })

  it('reads any text without failing, and every statement keeps its line', () => {
    const piece = fc.constantFrom(
      '"',
      "'",
      '"""',
      '\\',
      '\n',
      '(',
      ')',
      '#',
      ':',
      ';',
      ' ',
      '\t',
      'try:',
      'if x:',
      'r',
      'f',
      'conn = await _get_connection()',
      'é',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const source = pieces.join('')
        connectionUses(source)
        const count = source.split('\n').length
        const lines = logicalLines(source).map(({ line }) => line)
        expect(lines.every((line) => line >= 1 && line <= count)).toBe(true)
        expect([...lines].sort((a, b) => a - b)).toEqual(lines)
      }),
      { seed: 6, numRuns: 500 },
    )
  })

  it('is linear: a megabyte of source takes no second', () => {
    const source = correct.repeat(2_500)
    const before = performance.now()
    expect(connectionUses(source)).toHaveLength(2_500)
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})

describe('sizes of the pools', () => {
  it.each([
    [
      '_pool = AsyncConnectionPool(\n    conninfo=CONNINFO, min_size=5, max_size=20, open=False\n)',
      { driver: 'psycopg', min: 5, max: 20 },
    ],
    ['pool = ConnectionPool(C)', { driver: 'psycopg', min: 4, max: 4 }],
    [
      'pool = AsyncConnectionPool(C, min_size=MIN, max_size=int(os.getenv("POOL_MAX", "20")))\n',
      { driver: 'psycopg', min: null, max: 30 },
    ],
    [
      'MIN = 2\nMAX: int = 10\np = AsyncConnectionPool(C, min_size=MIN, max_size=MAX)',
      { driver: 'psycopg', min: 2, max: 10 },
    ],
    [
      'p = AsyncConnectionPool(C, min_size=int(os.environ.get("M", 7)), max_size=settings.max)',
      { driver: 'psycopg', min: 7, max: null },
    ],
    ['_pool = await asyncpg.create_pool(DSN, min_size=5,\n   max_size=20)', { driver: 'asyncpg', min: 5, max: 20 }],
    ['_pool = await asyncpg.create_pool(DSN)', { driver: 'asyncpg', min: 10, max: 10 }],
  ])('%s', (source, expected) => {
    expect(poolsIn(source, { POOL_MAX: '30' })).toEqual([expect.objectContaining(expected)])
  })

  it('finds none in imports, annotations and strings', () => {
    expect(
      poolsIn(
        'from psycopg_pool import AsyncConnectionPool\n"""AsyncConnectionPool(min_size=2)"""\nx: AsyncConnectionPool = None\n',
      ),
    ).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import {
  type Catalogue,
  type CatalogueTable,
  clearable,
  type ForeignKey,
  mustPoint,
} from '#electron/cleanup/catalogue.ts'
import { buildStructure } from '#electron/cleanup/structure.ts'
import { type Decisions, decisionsSchema } from '#shared/cleanup.ts'

const column = (name: string, notNull = false) =>
  ({ name, type: 'bigint', notNull, generated: 'no', identity: 'no', feeds: [] }) as const

function table(name: string, columns: readonly { name: string; notNull: boolean }[]): CatalogueTable {
  return {
    ...{ oid: 1, key: `public.${name}`, schema: 'public', name, kind: 'plain', owner: 'o', onPath: true, usable: true },
    ...{
      hidden: false,
      columns: columns.map((each) => column(each.name, each.notNull)),
      primaryKey: ['id'],
      triggers: [],
    },
    ...{ rules: { update: false, delete: false }, partitions: [], foreignPartition: false, published: false },
    ...{ noReplicaIdentity: false, owned: true, select: true, update: true, delete: true, truncate: true },
  }
}

/** `child.column -> parent`, with `!` where it is NOT NULL: `pagos.id_cita! -> citas cascade`. */
function clinic(...references: string[]): Catalogue {
  const keys = references.map((text): ForeignKey & { notNull: boolean } => {
    const [, child = '', name = '', must = '', parent = '', action = 'noAction'] =
      /^(\w+)\.(\w+)(!?) -> (\w+) ?(\w*)$/.exec(text) ?? []
    return {
      ...{
        oid: 1,
        name: `${child}_${name}`,
        child: `public.${child}`,
        childRelation: `public.${child}`,
        notNull: must === '!',
      },
      ...{ parent: `public.${parent}`, parentRelation: `public.${parent}`, columns: [name], parentColumns: ['id'] },
      ...{
        operators: ['='],
        onDelete: (action || 'noAction') as ForeignKey['onDelete'],
        setColumns: [],
        matchFull: false,
      },
      ...{ validated: true, enforced: true, temporal: false, disabled: false, definition: '', comment: null },
    }
  })
  const names = new Set([
    'usuarios',
    'pacientes',
    'citas',
    ...keys.flatMap(({ child, parent }) => [child.slice(7), parent.slice(7)]),
  ])
  const tables = [...names].map((name) => {
    const own = keys
      .filter(({ child }) => child === `public.${name}`)
      .map((key) => ({ name: key.columns[0] ?? '', notNull: key.notNull }))
    return table(name, [{ name: 'id', notNull: true }, ...own])
  })
  return {
    ...{
      database: 'd',
      serverVersion: '18',
      role: 'r',
      readOnly: false,
      replicaRole: false,
      mayCreateTemporary: true,
      eventTriggers: 0,
    },
    ...{ tables: new Map(tables.map((each) => [each.key, each])), foreignKeys: keys, materialized: [] },
  }
}

const build = (catalogue: Catalogue, decisions: Partial<Decisions> = {}) => {
  const structure = buildStructure(catalogue, 'public', { ...decisionsSchema.parse({}), ...decisions })
  const member = (name: string) => structure.members.get(`public.${name}`)
  const fate = (name: string) => structure.edges.find(({ key }) => key.name === name)?.fate
  return { structure, member, fate }
}
const base = 'citas.id_paciente! -> pacientes'

describe('what goes', () => {
  it('is closed over references that must point somewhere, through cycles, and each table knows its path', () => {
    const { member } = build(
      clinic(base, 'uno.cita! -> citas', 'dos.uno! -> uno', 'uno.dos! -> dos', 'tres.tres! -> tres'),
    )
    expect(member('uno')).toMatchObject({ role: 'hang', whole: true, path: [{ to: 'public.citas' }] })
    expect(member('dos')).toMatchObject({ whole: true, path: [{ to: 'public.uno' }, { to: 'public.citas' }] })
    expect(member('tres')).toBeUndefined()
  })

  it('is asked about for tables that nobody knows, and not for those that everybody does', () => {
    const { structure } = build(
      clinic(base, 'raro.cita -> citas', 'contactos.id_paciente -> pacientes', 'pagos.id_cita! -> citas'),
    )
    expect([...structure.asked]).toEqual([['public.raro', 'unknownHangs']])
  })

  it.each(['cascade', 'setNull', 'setDefault'])('is asked about where %s would touch rows that stay', (action) => {
    const { structure } = build(clinic(base, `tratamientos.cita -> citas ${action}`))
    expect([...structure.asked]).toEqual([['public.tratamientos', 'cascades']])
  })

  it('never takes a user along: whom a kept row needs, stays', () => {
    const { member, fate } = build(
      clinic(
        base,
        'usuarios.paciente! -> pacientes',
        'auditoria.usuario_id! -> usuarios',
        'tratamientos.creado_por -> usuarios',
      ),
      {
        scopes: { ...decisionsSchema.parse({}).scopes, users: 'remove' },
      },
    )
    expect(fate('usuarios_paciente')).toBe('need')
    expect(fate('auditoria_usuario_id')).toBe('need')
    expect(fate('tratamientos_creado_por')).toBe('clear')
    expect(member('usuarios')).toMatchObject({ role: 'base', whole: false })
  })

  it('goes row by row only where kept patients can reach', () => {
    const { member } = build(clinic(base, 'pagos.id_cita! -> citas', 'gastos.registrado_por -> usuarios'), {
      keepPatients: ['1'],
    })
    expect(['pacientes', 'citas', 'pagos', 'gastos'].map((name) => member(name)?.whole)).toEqual([
      false,
      false,
      false,
      true,
    ])
  })

  it('is decided by a person: kept rows keep what they point at', () => {
    const { fate, member } = build(clinic(base, 'raro.cita! -> citas'), { tables: { 'public.raro': 'keep' } })
    expect(fate('raro_cita')).toBe('need')
    expect(member('raro')).toBeUndefined()
    expect(member('citas')?.whole).toBe(false)
  })
})

describe('a reference of two columns', () => {
  const two = (matchFull: boolean, nulls: [boolean, boolean]) => {
    const key = { columns: ['a', 'b'], childRelation: 'public.t', matchFull, setColumns: [] } as unknown as ForeignKey
    return {
      key,
      child: table('t', [
        { name: 'a', notNull: !nulls[0] },
        { name: 'b', notNull: !nulls[1] },
      ]),
    }
  }

  it('may be forgotten by one column that may be NULL, and only by that one', () => {
    const { key, child } = two(false, [false, true])
    expect(mustPoint(key, child)).toBe(false)
    expect(clearable(key, child, [key])).toEqual(['b'])
  })

  it('must point somewhere under MATCH FULL when one column must', () => {
    const { key, child } = two(true, [false, true])
    expect(mustPoint(key, child)).toBe(true)
  })

  it('leaves a column that another reference shares alone where it can', () => {
    const { key, child } = two(false, [true, true])
    const other = { ...key, columns: ['a'] } as ForeignKey
    expect(clearable(key, child, [key, other])).toEqual(['b'])
  })
})

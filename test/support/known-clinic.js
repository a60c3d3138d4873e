/** The profile under which a home that tests and bench prepare knows a clinic. */
export const profileId = '6f1f7d5a-7c53-4d3e-9a8e-3f1a0f2f4b10'

/**
 * What the app finds in its `connections.json` after somebody connected to a clinic and had its password kept.
 * @param {{ host: string, port: number, database: string, user: string }} clinic
 */
export function knownConnections({ host, port, database, user }) {
  const profile = {
    ...{ id: profileId, name: 'Clínica de prueba', environment: 'testing', host, port, database, user },
    ...{ tls: 'disable', caFile: null, zone: 'America/Tijuana', schema: null, pool: { warm: 2, max: 5 } },
    passwordStored: true,
  }
  return { schemaVersion: 1, lastUsedId: profileId, profiles: [profile] }
}

/**
 * Differences met between installations, each as the SQL that turns a clinic (empty or filled) into such a one.
 * Appointments' triggers are dropped where their columns go: an old installation had others.
 */
export const drifts = /** @type {const} */ ({
  'role-text': `
    ALTER TABLE usuarios ADD COLUMN rol text;
    UPDATE usuarios u SET rol = r.nombre_rol FROM roles r WHERE r.id = u.id_rol;
    ALTER TABLE usuarios ALTER COLUMN rol SET NOT NULL;
    ALTER TABLE usuarios DROP COLUMN id_rol CASCADE;`,

  'lower-case-states': `
    ALTER TABLE citas DISABLE TRIGGER USER;
    UPDATE citas SET estado = lower(estado);
    ALTER TABLE citas ENABLE TRIGGER USER;
    ALTER TABLE citas ALTER COLUMN estado SET DEFAULT 'pendiente';`,

  'single-start': `
    DROP TRIGGER citas_01_periodo ON citas;
    DROP TRIGGER citas_02_horario ON citas;
    DROP TRIGGER citas_03_traslape ON citas;
    DROP TRIGGER citas_04_bloqueos ON citas;
    DROP TRIGGER citas_06_recordatorios ON citas;
    ALTER TABLE citas DROP COLUMN periodo CASCADE;
    ALTER TABLE citas DROP COLUMN fecha_hora_fin CASCADE;
    ALTER TABLE citas RENAME COLUMN fecha_hora_inicio TO fecha_hora;`,

  'no-payments': 'DROP TABLE pagos CASCADE;',

  'other-schema': `
    ALTER SCHEMA public RENAME TO clinica;
    CREATE SCHEMA public;
    SET search_path = clinica, public;
    DO $$ BEGIN
      EXECUTE format('ALTER DATABASE %I SET search_path = clinica, public', current_database());
    END $$;`,
})

/**
 * Turns a clinic in the schema `public` into one of the variants met in the field.
 * @param {import('pg').ClientBase} client the owner
 * @param {keyof typeof drifts} name
 */
export async function applyDrift(client, name) {
  await client.query('BEGIN')
  try {
    await client.query(drifts[name])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

"""The figures of the dashboard, each its own question, by the clinic's civil day."""

from settings import values

ZONE = values.get("CLINIC_ZONE", "America/Tijuana")

NOW = "(now() AT TIME ZONE %(zone)s)"
STATES = ("pendiente", "confirmada", "completada", "cancelada", "no_asistio")


def _within(column, unit):
    start = f"date_trunc('{unit}', {NOW})"
    return f"{column} >= {start} AND {column} < {start} + interval '1 {unit}'"


async def _all(cur, sql, **more):
    await cur.execute(sql, {"zone": ZONE, **more})
    return await cur.fetchall()


def _paid(unit):
    return f"""(SELECT coalesce(sum(monto_pagado), 0)::float8 FROM pagos
                 WHERE {_within('fecha_pago', unit)} AND estado_pago IS DISTINCT FROM 'Cancelado')"""


def _appointments(unit):
    return f"(SELECT count(*) FROM citas WHERE {_within('fecha_hora_inicio', unit)})"


FIGURES = {
    "total_patients": "(SELECT count(*) FROM pacientes)",
    "active_patients": "(SELECT count(*) FROM pacientes WHERE activo)",
    "new_patients_this_month": f"(SELECT count(*) FROM pacientes WHERE {_within('fecha_registro', 'month')})",
    "total_appointments_today": _appointments("day"),
    "total_appointments_week": _appointments("week"),
    "total_appointments_month": _appointments("month"),
    "revenue_today": _paid("day"),
    "revenue_week": _paid("week"),
    "revenue_month": _paid("month"),
    "revenue_year": _paid("year"),
    "ocupacion_porcentaje": f"""(SELECT coalesce(round(100 * extract(epoch FROM (
            SELECT sum(fecha_hora_fin - fecha_hora_inicio) FROM citas WHERE {_within('fecha_hora_inicio', 'week')}
               AND lower(estado) NOT IN ('cancelada', 'no_asistio')))
          / nullif(extract(epoch FROM sum(hora_fin - hora_inicio)), 0), 1), 0)::float8
          FROM horarios_trabajo WHERE activo)""",
    "upcoming_appointments": f"""(SELECT count(*) FROM citas WHERE fecha_hora_inicio > {NOW}
          AND fecha_hora_inicio <= {NOW} + interval '7 days' AND lower(estado) IN ('pendiente', 'confirmada'))""",
}


async def dashboard(cur):
    rows = await _all(cur, "SELECT " + ", ".join(FIGURES.values()))
    figures = dict(zip(FIGURES, rows[0]))
    states = dict(
        await _all(
            cur,
            f"""SELECT lower(estado), count(*) FROM citas WHERE {_within('fecha_hora_inicio', 'month')} GROUP BY 1""",
        )
    )
    top = await _all(
        cur,
        f"""SELECT t.nombre_servicio, count(*) FROM detalle_cita d JOIN citas c ON c.id = d.id_cita
              JOIN tratamientos t ON t.id = d.id_tratamiento
             WHERE {_within('c.fecha_hora_inicio', 'month')} AND lower(c.estado) NOT IN ('cancelada', 'no_asistio')
             GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5""",
    )
    return {
        **figures,
        "appointments_by_status": {state: states.get(state, 0) for state in STATES},
        "top_treatments": [{"nombre": name, "cantidad": count} for name, count in top],
    }


async def trend(cur, days):
    rows = await _all(
        cur,
        f"""SELECT fecha_hora_inicio::date, count(*), count(*) FILTER (WHERE lower(estado) = 'completada'),
                   count(*) FILTER (WHERE lower(estado) = 'cancelada')
              FROM citas WHERE fecha_hora_inicio >= date_trunc('day', {NOW}) - (%(days)s - 1) * interval '1 day'
               AND fecha_hora_inicio < date_trunc('day', {NOW}) + interval '1 day'
             GROUP BY 1 ORDER BY 1""",
        days=days,
    )
    return [
        {"fecha": str(day), "cantidad": total, "completadas": completed, "canceladas": cancelled}
        for day, total, completed, cancelled in rows
    ]

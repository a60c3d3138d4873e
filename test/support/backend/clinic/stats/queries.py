"""The figures of the dashboard, each its own question, by the clinic's civil day."""

from settings import values

ZONE = values.get("CLINIC_ZONE", "America/Tijuana")

NOW = "(now() AT TIME ZONE %(zone)s)"
STATES = ("pendiente", "confirmada", "completada", "cancelada", "no_asistio")


def _within(column, unit):
    start = f"date_trunc('{unit}', {NOW})"
    return f"{column} >= {start} AND {column} < {start} + interval '1 {unit}'"


async def _one(cur, sql):
    await cur.execute(sql, {"zone": ZONE})
    return (await cur.fetchone())[0]


async def _all(cur, sql, **more):
    await cur.execute(sql, {"zone": ZONE, **more})
    return await cur.fetchall()


def _paid(unit):
    return f"""SELECT coalesce(sum(monto_pagado), 0)::float8 FROM pagos
                WHERE {_within('fecha_pago', unit)} AND estado_pago IS DISTINCT FROM 'Cancelado'"""


def _appointments(unit):
    return f"SELECT count(*) FROM citas WHERE {_within('fecha_hora_inicio', unit)}"


async def dashboard(cur):
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
    booked = await _one(
        cur,
        f"""SELECT coalesce(extract(epoch FROM sum(fecha_hora_fin - fecha_hora_inicio)), 0)::float8 FROM citas
             WHERE {_within('fecha_hora_inicio', 'week')} AND lower(estado) NOT IN ('cancelada', 'no_asistio')""",
    )
    open_hours = await _one(
        cur,
        """SELECT coalesce(extract(epoch FROM sum(hora_fin - hora_inicio)), 0)::float8
             FROM horarios_trabajo WHERE activo""",
    )
    return {
        "total_patients": await _one(cur, "SELECT count(*) FROM pacientes"),
        "active_patients": await _one(cur, "SELECT count(*) FROM pacientes WHERE activo"),
        "new_patients_this_month": await _one(
            cur, f"SELECT count(*) FROM pacientes WHERE {_within('fecha_registro', 'month')}"
        ),
        "total_appointments_today": await _one(cur, _appointments("day")),
        "total_appointments_week": await _one(cur, _appointments("week")),
        "total_appointments_month": await _one(cur, _appointments("month")),
        "appointments_by_status": {state: states.get(state, 0) for state in STATES},
        "revenue_today": await _one(cur, _paid("day")),
        "revenue_week": await _one(cur, _paid("week")),
        "revenue_month": await _one(cur, _paid("month")),
        "revenue_year": await _one(cur, _paid("year")),
        "top_treatments": [{"nombre": name, "cantidad": count} for name, count in top],
        "ocupacion_porcentaje": round(100 * booked / open_hours, 1) if open_hours else 0,
        "upcoming_appointments": await _one(
            cur,
            f"""SELECT count(*) FROM citas WHERE fecha_hora_inicio > {NOW}
                   AND fecha_hora_inicio <= {NOW} + interval '7 days'
                   AND lower(estado) IN ('pendiente', 'confirmada')""",
        ),
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

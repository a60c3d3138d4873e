"""Answers zeros with status 200 when its query fails, as some versions in the field do."""

from fastapi import APIRouter, Depends, Query

from auth.database import _get_connection, _return_connection
from auth.tokens import current_user
from stats import queries

router = APIRouter(prefix="/stats", dependencies=[Depends(current_user)])

COUNTS = (
    "total_patients",
    "active_patients",
    "new_patients_this_month",
    "total_appointments_today",
    "total_appointments_week",
    "total_appointments_month",
    "revenue_today",
    "revenue_week",
    "revenue_month",
    "revenue_year",
    "ocupacion_porcentaje",
    "upcoming_appointments",
)


@router.get("/dashboard")
async def dashboard():
    conn = None
    try:
        conn = await _get_connection()
        async with conn.cursor() as cur:
            await cur.execute("SELECT count(*) FROM tabla_que_no_existe")
            total = await cur.fetchone()
        await conn.rollback()
        return {"total_patients": total}
    except Exception:
        if conn:
            await conn.rollback()
        zeros = {name: 0 for name in COUNTS}
        return {**zeros, "appointments_by_status": {state: 0 for state in queries.STATES}, "top_treatments": []}
    finally:
        if conn:
            await _return_connection(conn)


@router.get("/appointments-trend")
async def appointments_trend(days: int = Query(30, ge=1, le=365)):
    return []

"""Correct, but the dashboard takes longer than the guide's half second."""

from fastapi import APIRouter, Depends, Query

from auth.database import _get_connection, _return_connection
from auth.tokens import current_user
from stats import queries

router = APIRouter(prefix="/stats", dependencies=[Depends(current_user)])


@router.get("/dashboard")
async def dashboard():
    conn = None
    try:
        conn = await _get_connection()
        async with conn.cursor() as cur:
            await cur.execute("SELECT pg_sleep(0.55)")
            result = await queries.dashboard(cur)
        # Cerrar transacción de solo lectura
        await conn.rollback()
        return result
    except Exception:
        if conn:
            await conn.rollback()
        raise
    finally:
        if conn:
            await _return_connection(conn)


@router.get("/appointments-trend")
async def appointments_trend(days: int = Query(30, ge=1, le=365)):
    conn = None
    try:
        conn = await _get_connection()
        async with conn.cursor() as cur:
            result = await queries.trend(cur, days)
        # Cerrar transacción de solo lectura
        await conn.rollback()
        return result
    except Exception:
        if conn:
            await conn.rollback()
        raise
    finally:
        if conn:
            await _return_connection(conn)

"""The guide's incorrect pattern: connections come back inside a transaction."""

from fastapi import APIRouter, Depends, Query

from auth.database import _get_connection, _return_connection
from auth.tokens import current_user
from stats import queries

router = APIRouter(prefix="/stats", dependencies=[Depends(current_user)])


@router.get("/dashboard")
async def dashboard():
    conn = await _get_connection()
    async with conn.cursor() as cur:
        result = await queries.dashboard(cur)
    await _return_connection(conn)
    return result


@router.get("/appointments-trend")
async def appointments_trend(days: int = Query(30, ge=1, le=365)):
    conn = await _get_connection()
    async with conn.cursor() as cur:
        result = await queries.trend(cur, days)
    await _return_connection(conn)
    return result

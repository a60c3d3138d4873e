"""Connections that never come back, until the pool has none left."""

from fastapi import APIRouter, Depends, Query

from auth.database import _get_connection, _return_connection
from auth.tokens import current_user
from stats import queries

router = APIRouter(prefix="/stats", dependencies=[Depends(current_user)])

# Something still refers to them, as a cache or a closure would, so that nobody closes their sessions either.
_held = []


@router.get("/dashboard")
async def dashboard():
    conn = await _get_connection()
    _held.append(conn)
    async with conn.cursor() as cur:
        return await queries.dashboard(cur)


@router.get("/appointments-trend")
async def appointments_trend(days: int = Query(30, ge=1, le=365)):
    conn = await _get_connection()
    _held.append(conn)
    async with conn.cursor() as cur:
        return await queries.trend(cur, days)

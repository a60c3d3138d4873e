"""The pool and the questions about users, after the guide's correct pattern."""

import logging

from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool

from settings import values

logger = logging.getLogger(__name__)

CONNINFO = make_conninfo(
    host=values["DB_HOST"],
    port=values["DB_PORT"],
    dbname=values["DB_NAME"],
    user=values["DB_USER"],
    password=values["DB_PASSWORD"],
)

_pool = None


async def init_pool():
    global _pool
    _pool = AsyncConnectionPool(
        conninfo=CONNINFO, min_size=5, max_size=20, open=False, timeout=float(values.get("POOL_TIMEOUT", "30"))
    )
    await _pool.open(wait=True, timeout=10)
    logger.info("Auth database pool initialized successfully")


async def close_pool():
    if _pool is not None:
        await _pool.close(timeout=2)


async def _get_connection():
    return await _pool.getconn()


async def _return_connection(conn):
    await _pool.putconn(conn)


async def get_user_by_username(username):
    conn = None
    try:
        conn = await _get_connection()
        async with conn.cursor() as cur:
            await cur.execute(
                """SELECT u.id, u.nombre_usuario, u.email, r.nombre_rol, u.nombre_completo, u.password_hash, u.activo
                     FROM usuarios u JOIN roles r ON r.id = u.id_rol
                    WHERE u.nombre_usuario = %s OR u.email = %s""",
                (username, username),
            )
            user = await cur.fetchone()
        # Cerrar transacción de solo lectura
        await conn.rollback()
        return user
    except Exception:
        if conn:
            await conn.rollback()
        raise
    finally:
        if conn:
            await _return_connection(conn)


async def get_all_users():
    conn = None
    try:
        conn = await _get_connection()
        async with conn.cursor() as cur:
            await cur.execute("SELECT id, nombre_usuario FROM usuarios ORDER BY id")
            users = await cur.fetchall()
        await conn.rollback()
        return users
    except Exception:
        if conn:
            await conn.rollback()
        raise
    finally:
        if conn:
            await _return_connection(conn)

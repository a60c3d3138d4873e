"""The pool of later versions, to be read only: asyncpg has no words about connections that come back."""

import logging

import asyncpg

from settings import values

logger = logging.getLogger(__name__)

_pool = None


async def init_pool():
    global _pool
    _pool = await asyncpg.create_pool(
        host=values["DB_HOST"],
        port=int(values["DB_PORT"]),
        database=values["DB_NAME"],
        user=values["DB_USER"],
        password=values["DB_PASSWORD"],
        min_size=5,
        max_size=20,
    )
    logger.info("Auth database pool initialized successfully")


async def get_all_users():
    async with _pool.acquire() as conn:
        return await conn.fetch("SELECT id, nombre_usuario FROM usuarios ORDER BY id")

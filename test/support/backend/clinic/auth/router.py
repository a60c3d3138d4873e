"""POST /auth/login: five tries a minute for each user."""

import time

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel

from auth.database import get_user_by_username
from auth.tokens import LIFETIME, issue, verify

MOST_TRIES = 5

router = APIRouter(prefix="/auth")
_tries = {}


class Credentials(BaseModel):
    username: str
    password: str


@router.post("/login")
async def login(credentials: Credentials):
    now = time.monotonic()
    recent = [at for at in _tries.get(credentials.username, []) if now - at < 60]
    if len(recent) >= MOST_TRIES:
        wait = int(60 - (now - recent[0])) + 1 if recent else 60
        raise HTTPException(429, "Too many login attempts", headers={"Retry-After": str(wait)})
    _tries[credentials.username] = [*recent, now]
    user = await get_user_by_username(credentials.username)
    if user is None or not verify(credentials.password, user[5]):
        raise HTTPException(401, "Incorrect username or password")
    if not user[6]:
        raise HTTPException(403, "Inactive user")
    return {
        "access_token": issue(user[1]),
        "token_type": "bearer",
        "expires_in": LIFETIME,
        "user": {
            "id": user[0],
            "username": user[1],
            "email": user[2],
            "rol": user[3],
            "nombre_completo": user[4],
            "permissions": {},
        },
    }

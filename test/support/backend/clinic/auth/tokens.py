"""Signed tokens (JWT, HS256) and passlib's pbkdf2 passwords, with the standard library alone."""

import base64
import hashlib
import hmac
import json
import time

from fastapi import Header, HTTPException

from settings import values

LIFETIME = 1800


def _encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _sign(message):
    return _encode(hmac.new(values["JWT_SECRET_KEY"].encode(), message, hashlib.sha256).digest())


def issue(username):
    head = _encode(b'{"alg":"HS256","typ":"JWT"}')
    body = _encode(json.dumps({"sub": username, "exp": int(time.time()) + LIFETIME}).encode())
    message = head + b"." + body
    return (message + b"." + _sign(message)).decode()


async def current_user(authorization: str = Header("")):
    scheme, _, token = authorization.partition(" ")
    message, _, signature = token.rpartition(".")
    if scheme.lower() != "bearer" or not hmac.compare_digest(_sign(message.encode()), signature.encode()):
        raise HTTPException(401, "Not authenticated")
    claims = json.loads(_decode(message.split(".")[1]))
    if claims["exp"] < time.time():
        raise HTTPException(401, "Token expired")
    return claims["sub"]


def verify(password, stored):
    kind, _, rest = stored.lstrip("$").partition("$")
    if kind != "pbkdf2-sha256":
        return False
    rounds, salt, checksum = rest.split("$")
    given = hashlib.pbkdf2_hmac("sha256", password.encode(), _passlib(salt), int(rounds))
    return hmac.compare_digest(given, _passlib(checksum))


def _passlib(text):
    return base64.b64decode(text.replace(".", "+") + "=" * (-len(text) % 4))

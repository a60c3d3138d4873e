"""Writes passlib-vectors.json: password hashes made by others, for password-hash.test.ts.

Needs Debian's python3-passlib and python3-bcrypt; run it as `/usr/bin/python3 make-vectors.py`.
The salts are fixed, so that running it again changes nothing.
"""

import json
from pathlib import Path

import bcrypt
from passlib.hash import bcrypt as passlib_bcrypt
from passlib.hash import pbkdf2_sha256

PASSWORDS = [
    "contraseña",
    "Ñandú, pingüino y café",
    "cafe\u0301 with a combining accent",
    "🦶 pie sano 👣🏽",
    " spaces around ",
    "a",
    "x" * 71,
    "x" * 72,
    "x" * 73,
    "ñ" * 40,
    "ab" * 35 + "🦶",
    "$2b$12$notahash",
    "tab\tand\nline",
    "p" * 1024,
]
ROUNDS = [1, 1000, 6400, 29000, 100000]
SALTS = [b"", b"\x00", b"sixteen byte slt", b"\xfb\xff\xbf" * 5, bytes(range(64))]
BCRYPT_SALTS = ["abcdefghijklmnopqrstuu", "./ABCDEFGHIJKLMNOPQRS.", "N9qo8uLOickgx2ZMRZoMye"]


def pbkdf2_vectors():
    for index, password in enumerate(PASSWORDS):
        for step in range(2):
            place = index + step * 2
            rounds = ROUNDS[place % len(ROUNDS)]
            salt = SALTS[place % len(SALTS)]
            yield password, pbkdf2_sha256.using(rounds=rounds, salt=salt).hash(password)


def bcrypt_vectors():
    for index, password in enumerate(PASSWORDS):
        salt = BCRYPT_SALTS[index % len(BCRYPT_SALTS)]
        for revision in ("2a", "2b", "2y"):
            hasher = passlib_bcrypt.using(rounds=4 + index % 3, salt=salt, ident=revision, truncate_error=False)
            yield password, hasher.hash(password)
    for cost in (10, 12):
        salt = f"$2b${cost}$" + BCRYPT_SALTS[2]
        yield PASSWORDS[0], bcrypt.hashpw(PASSWORDS[0].encode(), salt.encode()).decode()


vectors = [{"password": p, "hash": h} for p, h in [*pbkdf2_vectors(), *bcrypt_vectors()]]
target = Path(__file__).with_name("passlib-vectors.json")
target.write_text(json.dumps(vectors, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

"""The clinic's backend as a test needs it: the paths and fields that the probes meet, on the demo clinic's tables."""

import logging
import os

from fastapi import FastAPI

logging.basicConfig(
    level=os.environ.get("LOG_LEVEL", "INFO"), format="%(asctime)s - %(name)s - %(levelname)s - %(message)s"
)
# Today's uvicorn does so itself; Debian's older one would say everything twice.
logging.getLogger("uvicorn").propagate = False

from auth.database import close_pool, init_pool  # noqa: E402
from auth.router import router as auth_router  # noqa: E402
from stats.router import router as stats_router  # noqa: E402

app = FastAPI(title="PodoSkin")


@app.on_event("startup")
async def startup():
    await init_pool()


@app.on_event("shutdown")
async def shutdown():
    await close_pool()


@app.get("/health")
async def health():
    return {"status": "healthy"}


for prefix in ("", "/api"):
    app.include_router(auth_router, prefix=prefix)
    app.include_router(stats_router, prefix=prefix)

"""Step 3 of the guide: opens the pool, asks ten times at once, and says what came back."""

import asyncio
import logging
import sys

from auth.database import close_pool, get_all_users, init_pool

logging.basicConfig(level=logging.WARNING, format="%(asctime)s - %(name)s - %(levelname)s - %(message)s")


async def main():
    try:
        await init_pool()
    except Exception as error:
        print(f"❌ Error al inicializar el pool: {type(error).__name__}")
        return 1
    print("✅ Pool inicializado correctamente")
    failed = 0
    answers = await asyncio.gather(*(get_all_users() for _ in range(10)), return_exceptions=True)
    for number, answer in enumerate(answers, start=1):
        if isinstance(answer, Exception):
            failed += 1
            print(f"❌ Query {number}: {type(answer).__name__}")
        else:
            print(f"✅ Query {number}: {len(answer)} usuarios")
    await close_pool()
    print("❌ ALGUNAS PRUEBAS FALLARON" if failed else "✅ TODAS LAS PRUEBAS PASARON")
    return 1 if failed else 0


sys.exit(asyncio.run(main()))

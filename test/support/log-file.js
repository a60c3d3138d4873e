import { closeSync, openSync, writeSync } from 'node:fs'

const paths = [
  '/stats/dashboard',
  '/auth/me',
  '/citas?fecha=2026-11-24',
  '/pacientes?q=',
  '/health',
  '/stats/appointments-trend?days=30',
]

/**
 * Writes a log as the clinic's backend does: uvicorn's access log, the application's own lines with a time, and of a
 * thousand requests twenty that leak a connection and three that fail with a traceback. The same size gives the same
 * bytes.
 * @param {string} file
 * @param {number} bytes written at least; the last piece is whole
 * @returns {{ bytes: number, lines: number, requests: number, failed: number, leaks: number }}
 */
export function writeLog(file, bytes) {
  const fd = openSync(file, 'w')
  const made = { bytes: 0, lines: 0, requests: 0, failed: 0, leaks: 0 }
  try {
    while (made.bytes < bytes) made.bytes += writeSync(fd, piece(made))
  } finally {
    closeSync(fd)
  }
  return made
}

/** @param {{ lines: number, requests: number, failed: number, leaks: number }} made */
function piece(made) {
  const lines = []
  for (let count = 0; count < 2_000; count += 1) {
    const at = made.requests
    const chance = (at * 7_919) % 1_000
    const fails = chance < 3
    const status = fails ? '500 Internal Server Error' : '200 OK'
    lines.push(`INFO:     127.0.0.1:${50_000 + (at % 9_999)} - "GET ${paths[at % 6]} HTTP/1.1" ${status}`)
    made.requests += 1
    const time = `2026-11-24 ${two(at / 3_600_000, 24)}:${two(at / 60_000, 60)}:${two(at / 1_000, 60)},${100 + (at % 900)}`
    if (at % 7 === 0) lines.push(`${time} INFO citas.service: agenda del día con ${at % 40} citas y ${at % 9} cambios`)
    if (chance < 20) {
      made.leaks += 1
      lines.push(
        `${time} WARNING psycopg.pool: rolling back returned connection: <psycopg.AsyncConnection [INTRANS] (host=127.0.0.1 port=55461 user=postgres database=clinica) at 0x7f1df7b1b1d0>`,
      )
    }
    if (fails) {
      made.failed += 1
      lines.push(
        ...['ERROR:    Exception in ASGI application', 'Traceback (most recent call last):'],
        ...['  File "/app/main.py", line 12, in agenda', '    raise ValueError()', 'ValueError: mal'],
      )
    }
  }
  made.lines += lines.length
  return `${lines.join('\n')}\n`
}

/** @param {number} value @param {number} modulus */
function two(value, modulus) {
  return String(Math.floor(value) % modulus).padStart(2, '0')
}

/**
 * The log of a backend that leaks connections, as the clinic's once did: what the log page of the tour shows.
 * @param {Date} now
 */
export function backendLog(now) {
  const at = (/** @type {number} */ secondsAgo) =>
    new Date(now.getTime() - secondsAgo * 1000).toLocaleString('sv-SE').replace('T', ' ')
  const access = (/** @type {string} */ path, /** @type {string} */ status) =>
    `INFO:     127.0.0.1:50512 - "GET ${path} HTTP/1.1" ${status}`
  const lines = [
    'INFO:     Started server process [29603]',
    'INFO:     Waiting for application startup.',
    `${at(900)},120 INFO auth.database: Auth database pool initialized successfully`,
    'INFO:     Application startup complete.',
  ]
  for (let turn = 0; turn < 60; turn++) {
    const leaks = turn % 12 === 11
    lines.push(access('/stats/dashboard', leaks ? '500 Internal Server Error' : '200 OK'))
    if (turn % 7 === 6) lines.push(access('/stats/appointments-trend?days=30', '200 OK'))
    if (leaks)
      lines.push(
        `${at(890 - turn * 14)},489 WARNING psycopg.pool: rolling back returned connection: <psycopg.AsyncConnection [INTRANS] (host=127.0.0.1 user=podoskin_user database=podoskin_db) at 0x7f10>`,
      )
  }
  return `${lines.join('\n')}\n`
}

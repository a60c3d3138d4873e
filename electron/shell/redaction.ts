const secretName = /pass(word|wd|phrase)?$|^pass|pwd|secret|token|contrase|clave|credential|authori[sz]ation|cookie/i

/** Each pattern keeps what tells where the secret stood and drops the secret. */
const secrets: readonly (readonly [pattern: RegExp, kept: string])[] = [
  // scheme://user:password@host, also when the password holds an @
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi, '$1[redacted]@'],
  [/\b((?:bearer|basic)\s+)[a-z0-9+/_.=~-]{6,}/gi, '$1[redacted]'],
  [/\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*/g, '[redacted]'],
  [/\$(?:pbkdf2[\w-]*|2[aby]|argon2\w*)\$[^\s"']+/g, '[redacted]'],
  // password=…, "token": "…", PGPASSWORD='…'
  [
    /([\p{L}\w]*(?:passw(?:or)?d|passphrase|pwd|secret|token|contrase|api_?key)[\p{L}\w]*["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,;&}]+)/giu,
    '$1[redacted]',
  ],
]

/**
 * Removes what must never stand in a log: passwords, tokens, addresses with credentials, password hashes.
 * A net under the rule that nobody logs them, not a licence to do so.
 */
export function redact(text: string): string {
  return secrets.reduce((clean, [pattern, kept]) => clean.replace(pattern, kept), text)
}

/** Whether a field of this name is never written, whatever its value. */
export function isSecretName(name: string): boolean {
  return secretName.test(name)
}

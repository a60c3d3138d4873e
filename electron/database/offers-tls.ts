import { connect } from 'node:net'

/** PostgreSQL's SSLRequest: length 8, code 80877103. */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/** Asks a server whether it would speak TLS, without logging in; false when it does not answer within `deadline` ms. */
export function offersTls({ host, port }: { host: string; port: number }, deadline: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => socket.write(sslRequest))
    const answer = (offered: boolean) => {
      socket.destroy()
      resolve(offered)
    }
    socket.setTimeout(deadline, () => answer(false))
    socket.once('error', () => answer(false))
    socket.once('close', () => answer(false))
    socket.once('data', (data) => answer(data[0] === 0x53))
  })
}

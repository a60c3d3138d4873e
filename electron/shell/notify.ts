import { Notification } from 'electron'

/** Kept until it is clicked or closed: what nobody refers to is collected, and its click would go nowhere. */
const shown = new Set<Notification>()

export interface Notice {
  readonly title: string
  readonly body: string
}

/** Has the system tell something; a click on it calls `onClick`. Where the system has no notifications, nothing happens. */
export function notify({ title, body }: Notice, onClick: () => void): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body, silent: true })
  const forget = () => void shown.delete(notification)
  shown.add(notification)
  notification.on('click', () => {
    forget()
    onClick()
  })
  notification.on('close', forget)
  notification.on('failed', forget)
  notification.show()
}

// Attack: a script in the page listens to the microphone, watches the screen or reads the clipboard, where a password
// may lie. Hole it needs: Electron grants every permission that nobody denies. Invariant: all are denied, known or not.
import { expect, test } from '#support/app.ts'

test('no permission is granted, asked for or not', async ({ resident: { page } }) => {
  const states = await page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'midi',
      'persistent-storage',
      'screen-wake-lock',
      'local-fonts',
      'window-management',
    ]
    const granted: string[] = []
    for (const name of names) {
      const status = await navigator.permissions.query({ name: name as PermissionName }).catch(() => null)
      if (status?.state === 'granted') granted.push(name)
    }
    return { granted, notifications: Notification.permission, asked: await Notification.requestPermission() }
  })
  expect(states).toEqual({ granted: [], notifications: 'denied', asked: 'denied' })
})

test('camera, microphone, screen, clipboard, place and devices are refused', async ({ resident: { page } }) => {
  const answers = await page.evaluate(async () => {
    const outcome = (work: () => Promise<unknown>) =>
      work().then(
        () => 'granted',
        (error: unknown) => (error as { name?: string }).name ?? 'refused',
      )
    return {
      media: await outcome(() => navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
      screen: await outcome(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
      read: await outcome(() => navigator.clipboard.readText()),
      write: await outcome(() => navigator.clipboard.writeText('x')),
      place: await outcome(
        () => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, () => fail(new Error()))),
      ),
    }
  })
  expect(answers.media).toBe('NotAllowedError')
  expect(answers.read).toBe('NotAllowedError')
  expect(answers.write).toBe('NotAllowedError')
  for (const [name, answer] of Object.entries(answers)) expect(answer, name).not.toBe('granted')
})

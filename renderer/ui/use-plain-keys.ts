import { type HotkeyItem, useHotkeys } from '@mantine/hooks'

/** Keys without a modifier: they work everywhere but where a person is typing text. */
export function usePlainKeys(keys: readonly (readonly [key: string, action: () => void])[]): void {
  useHotkeys(
    keys.map(
      ([key, action]): HotkeyItem => [
        key,
        (event) => {
          if (isTyping(event.target)) return
          event.preventDefault()
          action()
        },
        { preventDefault: false },
      ],
    ),
    [],
  )
}

const clicked = new Set(['radio', 'checkbox', 'button', 'submit', 'reset', 'range'])

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !clicked.has(target.type)
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, [role=menu] *'))
  )
}

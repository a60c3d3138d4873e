import { VisuallyHidden } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconConfetti } from '@tabler/icons-react'
import classes from './guide-line.module.css'

const pictures = { '✅': IconCircleCheck, '❌': IconCircleX, '🎉': IconConfetti } as const

/**
 * A line that begins with one of the guide's emoji, drawn by us: not every system has a font for them, and a box would
 * stand in its place. Whoever copies or hears the line gets the guide's own sign.
 */
export function GuideLine({ text }: { readonly text: string }) {
  const sign = Object.keys(pictures).find((one) => text.startsWith(one)) as keyof typeof pictures | undefined
  if (sign === undefined) return <span className={classes.line}>{text}</span>
  const Picture = pictures[sign]
  return (
    <span className={classes.line} data-sign={sign}>
      <Picture size="1.15em" stroke={1.9} aria-hidden />
      <span>
        <VisuallyHidden component="span">{`${sign} `}</VisuallyHidden>
        {text.slice(sign.length).trimStart()}
      </span>
    </span>
  )
}

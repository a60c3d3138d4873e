import type { ReactNode } from 'react'
import classes from './scroll-region.module.css'

interface ScrollRegionProps {
  /** What the region is called, for those who do not see its heading. */
  readonly label: string
  /** Its measures and its look. */
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A part of the page that scrolls by itself: it has a name, and the keyboard reaches and scrolls it. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={`${classes.region} ${className ?? ''}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}

import classes from './mark.module.css'

/** The mark of the app, a footprint; decoration, its name stands beside it. */
export function Mark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg className={classes.mark} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" className={classes.ground} />
      <g className={classes.foot}>
        <path d="M11 15.5C11 12.6 13 11 16 11c3.4 0 5.2 2.2 4.8 5.4-.3 2.2-1.5 3.4-1.8 5.6-.3 2.4-1.2 4.6-3.4 4.6-2.6 0-3.1-2.4-2.9-4.8.2-2.4-1.7-3.6-1.7-6.3z" />
        <circle cx="11.3" cy="8.9" r="2.15" />
        <circle cx="15.3" cy="7" r="1.6" />
        <circle cx="18.7" cy="7.4" r="1.4" />
        <circle cx="21.4" cy="9" r="1.25" />
        <circle cx="23.2" cy="11.3" r="1.1" />
      </g>
    </svg>
  )
}

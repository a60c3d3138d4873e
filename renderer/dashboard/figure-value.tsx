import { Popover, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#renderer/api.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { Figure, FigureName } from '#shared/dashboard.ts'
import type { WireError } from '#shared/errors.ts'
import type { Words } from '#shared/locales/index.ts'
import { Delta } from './delta.tsx'
import classes from './figure-card.module.css'
import { useFigureWords } from './figure-words.ts'

type Comparable = keyof Words['dashboard']['bases'] & FigureName

interface FigureValueProps<T extends number | string> {
  readonly name: Comparable
  readonly figure: Figure<T>
  readonly text: (value: T) => string
}

interface MainFigureProps<T extends number | string> extends FigureValueProps<T> {
  /** Said under a 0, so that nobody takes it for a missing value. */
  readonly zero?: string
  readonly points?: boolean
  readonly compare?: boolean
}

/** The large figure of a card, in whichever of its states it is. */
export function MainFigure<T extends number | string>(props: MainFigureProps<T>) {
  const { name, figure, text, zero, points = false, compare = true } = props
  const { t } = useTranslation('dashboard')
  const { t: common } = useTranslation()
  const { why } = useFigureWords()
  if (figure.state === 'unavailable' || figure.state === 'error') {
    return (
      <div data-figure={name} data-state={figure.state}>
        <div className={classes.main}>
          <span className={classes.number}>{common('unit.dash')}</span>
        </div>
        {figure.state === 'error' ? (
          <FigureError error={figure.error} words={t('state.error')} />
        ) : (
          <div className={classes.note}>{why(figure.why)}</div>
        )}
      </div>
    )
  }
  return (
    <div data-figure={name} data-state={figure.state}>
      <div className={classes.main}>
        <span className={classes.number}>{text(figure.value)}</span>
        {compare && figure.previous !== null ? (
          <Delta
            now={figure.value}
            before={figure.previous}
            beforeText={text(figure.previous)}
            base={t(`bases.${name}`)}
            points={points}
          />
        ) : null}
      </div>
      {figure.state === 'zero' && zero ? <div className={classes.note}>{zero}</div> : null}
    </div>
  )
}

/** A second figure of a card: one line with its label. */
export function LineFigure<T extends number | string>({
  name,
  figure,
  text,
  label,
}: FigureValueProps<T> & { readonly label: string }) {
  const { t } = useTranslation('dashboard')
  const { t: common } = useTranslation()
  const { why } = useFigureWords()
  return (
    <div className={classes.line} data-figure={name} data-state={figure.state}>
      <span className={classes.lineLabel} title={label}>
        {label}
      </span>
      {figure.state === 'unavailable' ? (
        <Tooltip label={why(figure.why)} multiline maw={260}>
          <span className={classes.lineValue} role="img" aria-label={why(figure.why)}>
            {common('unit.dash')}
          </span>
        </Tooltip>
      ) : null}
      {figure.state === 'error' ? <FigureError error={figure.error} words={t('state.errorShort')} /> : null}
      {figure.state === 'value' || figure.state === 'zero' ? (
        <span className={classes.lineValue}>{text(figure.value)}</span>
      ) : null}
    </div>
  )
}

interface PreviousLineProps<T> {
  readonly figure: Figure<T>
  readonly text: (value: T) => string
  readonly label: string
}

/** The value of the period before, written out where there is room for it. */
export function PreviousLine<T>({ figure, text, label }: PreviousLineProps<T>) {
  if (figure.state === 'unavailable' || figure.state === 'error' || figure.previous === null) return null
  return (
    <div className={classes.lines}>
      <div className={classes.line}>
        <span className={classes.lineLabel} title={label}>
          {label}
        </span>
        <span className={classes.lineValue}>{text(figure.previous)}</span>
      </div>
    </div>
  )
}

/** Why one figure could not be read; the others stay as they are. */
export function FigureError({ error, words }: { readonly error: WireError; readonly words: string }) {
  const { t } = useTranslation('dashboard')
  return (
    <Popover width={360} position="bottom-start" withArrow shadow="md">
      <Popover.Target>
        <button type="button" className={classes.failure} title={t('state.why')}>
          {words}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <ErrorNotice error={new ApiError(error)} />
      </Popover.Dropdown>
    </Popover>
  )
}

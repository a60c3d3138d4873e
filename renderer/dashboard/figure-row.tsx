import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { DashboardFigures } from '#shared/dashboard.ts'
import cardClasses from './figure-card.module.css'
import { FigureCard } from './figure-card.tsx'
import classes from './figure-row.module.css'
import { LineFigure, MainFigure, PreviousLine } from './figure-value.tsx'

interface FigureRowProps {
  readonly figures: DashboardFigures
  readonly staleSince: number | null
}

/** The row of figures: what the clinic is today, at one glance. */
export function FigureRow({ figures, staleSince }: FigureRowProps) {
  const { t } = useTranslation('dashboard')
  const { integer, money, percent } = useFormat()
  const share = (value: number) => percent(value / 100, 1)
  const { occupancy } = figures
  return (
    <div className={classes.row}>
      <FigureCard
        title={t('card.appointmentsToday')}
        figures={['appointmentsToday', 'appointmentsThisMonth']}
        staleSince={staleSince}
      >
        <MainFigure
          name="appointmentsToday"
          figure={figures.appointmentsToday}
          text={integer}
          zero={t('zero.appointmentsToday')}
        />
        <div className={cardClasses.lines}>
          <LineFigure
            name="appointmentsThisMonth"
            figure={figures.appointmentsThisMonth}
            text={integer}
            label={t('label.thisMonth')}
          />
        </div>
      </FigureCard>
      <FigureCard title={t('card.appointmentsThisWeek')} figures={['appointmentsThisWeek']} staleSince={staleSince}>
        <MainFigure
          name="appointmentsThisWeek"
          figure={figures.appointmentsThisWeek}
          text={integer}
          zero={t('zero.appointmentsThisWeek')}
        />
        <PreviousLine figure={figures.appointmentsThisWeek} text={integer} label={t('label.previousWeek')} />
      </FigureCard>
      <FigureCard
        title={t('card.revenue')}
        figures={['revenueThisMonth', 'revenueToday', 'revenueThisWeek', 'revenueThisYear', 'pendingBalance']}
        staleSince={staleSince}
      >
        <MainFigure
          name="revenueThisMonth"
          figure={figures.revenueThisMonth}
          text={money}
          zero={t('zero.revenueThisMonth')}
        />
        <div className={cardClasses.lines}>
          <LineFigure name="revenueToday" figure={figures.revenueToday} text={money} label={t('label.today')} />
          <LineFigure
            name="revenueThisWeek"
            figure={figures.revenueThisWeek}
            text={money}
            label={t('label.thisWeek')}
          />
          <LineFigure
            name="revenueThisYear"
            figure={figures.revenueThisYear}
            text={money}
            label={t('label.thisYear')}
          />
          <LineFigure name="pendingBalance" figure={figures.pendingBalance} text={money} label={t('label.pending')} />
        </div>
      </FigureCard>
      <FigureCard title={t('card.occupancy')} figures={['occupancy']} staleSince={staleSince}>
        <MainFigure name="occupancy" figure={occupancy} text={share} zero={t('zero.occupancy')} points />
        {occupancy.state === 'value' || occupancy.state === 'zero' ? (
          <div className={cardClasses.lines}>
            <Progress value={Math.min(100, occupancy.value)} size="sm" aria-label={t('card.occupancy')} />
            <span className={cardClasses.note}>{t('label.ofSchedule')}</span>
          </div>
        ) : null}
      </FigureCard>
      <FigureCard
        title={t('card.patients')}
        figures={['totalPatients', 'activePatients', 'newPatientsThisMonth']}
        staleSince={staleSince}
      >
        <MainFigure
          name="totalPatients"
          figure={figures.totalPatients}
          text={integer}
          zero={t('zero.totalPatients')}
          compare={false}
        />
        <div className={cardClasses.lines}>
          <LineFigure name="activePatients" figure={figures.activePatients} text={integer} label={t('label.active')} />
          <LineFigure
            name="newPatientsThisMonth"
            figure={figures.newPatientsThisMonth}
            text={(value) => (value > 0 ? `+${integer(value)}` : integer(value))}
            label={t('label.newThisMonth')}
          />
        </div>
      </FigureCard>
      <FigureCard title={t('card.upcoming')} figures={['upcomingAppointments']} staleSince={staleSince}>
        <MainFigure
          name="upcomingAppointments"
          figure={figures.upcomingAppointments}
          text={integer}
          zero={t('zero.upcomingAppointments')}
        />
        <div className={cardClasses.lines}>
          <span className={cardClasses.note}>{t('label.toAttend')}</span>
        </div>
      </FigureCard>
    </div>
  )
}

import { AppShell, NavLink } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { useJobChanges } from '#renderer/jobs/data.ts'
import { JobLine, JobVoice, useLineJob } from '#renderer/jobs/job-line.tsx'
import { useLogout } from '#renderer/session/data.ts'
import { useActivity } from '#renderer/session/use-activity.ts'
import { ErrorBoundary } from '#renderer/ui/error-boundary.tsx'
import { KeyList } from '#renderer/ui/key-list.tsx'
import { useUpdateNotice } from '#renderer/updates/use-update-notice.ts'
import type { SessionUser } from '#shared/session.ts'
import classes from './frame.module.css'
import { pagesFor } from './pages.ts'
import { Palette } from './palette.tsx'
import { TopBar } from './top-bar.tsx'
import { useCommands } from './use-commands.ts'

interface FrameProps {
  readonly user: SessionUser
}

/** What stays around every page: the top bar, the pages one may open, the keys. */
export function Frame({ user }: FrameProps) {
  const { t } = useTranslation()
  const [location, navigate] = useLocation()
  const pages = pagesFor(user.role)
  const logout = useLogout()
  const commands = useCommands(pages)
  useActivity(true)
  useUpdateNotice()
  useJobChanges(user.role === 'admin')
  const job = useLineJob(user.role === 'admin')

  return (
    <AppShell
      header={{ height: 52 }}
      footer={{ height: 42, collapsed: job === null }}
      navbar={{ width: { base: 54, sm: 188 }, breakpoint: 0 }}
      padding={0}
      transitionDuration={0}
    >
      <button type="button" className="skip" onClick={() => document.getElementById('main')?.focus()}>
        {t('nav.skip')}
      </button>
      <AppShell.Header className={classes.header}>
        <TopBar user={user} onLock={commands.lock} onLogout={() => logout.mutate()} onKeys={commands.keys.open} />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={t('nav.label')}>
        {pages.map(({ name, path, icon: Icon }) => (
          <NavLink
            key={name}
            href={`#${path}`}
            label={t(`nav.${name}`)}
            title={t(`nav.${name}`)}
            leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
            active={location === path}
            aria-current={location === path ? 'page' : undefined}
            className={classes.link}
            onClick={(event) => {
              event.preventDefault()
              navigate(path)
            }}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main className={classes.main} id="main" tabIndex={-1}>
        <div className={classes.page}>
          <ErrorBoundary key={location}>
            <Switch>
              {pages.map(({ name, path, content }) => (
                <Route key={name} path={path} component={content} />
              ))}
              <Route>
                <Redirect to="/" />
              </Route>
            </Switch>
          </ErrorBoundary>
        </div>
      </AppShell.Main>
      {job ? (
        <AppShell.Footer>
          <JobLine job={job} />
        </AppShell.Footer>
      ) : null}
      <JobVoice job={job} />
      <Palette pages={pages} onLock={commands.lock} onLogout={() => logout.mutate()} onKeys={commands.keys.open} />
      <KeyList
        opened={commands.keys.opened}
        onClose={commands.keys.close}
        pages={pages.map(({ name }) => t(`nav.${name}`))}
      />
    </AppShell>
  )
}

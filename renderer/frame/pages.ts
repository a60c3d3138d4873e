import {
  IconActivityHeartbeat,
  IconEraser,
  IconLayoutDashboard,
  IconRocket,
  IconSettings,
  IconStethoscope,
  IconUsers,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { CleanupPage } from '#renderer/cleanup/lazy-page.tsx'
import { DashboardPage } from '#renderer/dashboard/dashboard-page.tsx'
import { DeploymentPage } from '#renderer/deployment/lazy-page.tsx'
import { DiagnosisPage } from '#renderer/diagnosis/lazy.tsx'
import { MonitoringPage } from '#renderer/monitoring/lazy-page.tsx'
import { SettingsPage } from '#renderer/settings/settings-page.tsx'
import { UsersPage } from '#renderer/users/users-page.tsx'
import type { Role } from '#shared/session.ts'

export interface Page {
  readonly name: 'dashboard' | 'deployment' | 'cleanup' | 'monitoring' | 'diagnosis' | 'settings' | 'users'
  readonly path: string
  readonly icon: typeof IconSettings
  readonly roles: readonly Role[]
  readonly content: ComponentType
}

const pages: readonly Page[] = [
  { name: 'dashboard', path: '/', icon: IconLayoutDashboard, roles: ['admin', 'member'], content: DashboardPage },
  { name: 'deployment', path: '/deployment', icon: IconRocket, roles: ['admin'], content: DeploymentPage },
  { name: 'cleanup', path: '/cleanup', icon: IconEraser, roles: ['admin'], content: CleanupPage },
  { name: 'monitoring', path: '/monitoring', icon: IconActivityHeartbeat, roles: ['admin'], content: MonitoringPage },
  { name: 'diagnosis', path: '/diagnosis', icon: IconStethoscope, roles: ['admin'], content: DiagnosisPage },
  { name: 'users', path: '/users', icon: IconUsers, roles: ['admin'], content: UsersPage },
  { name: 'settings', path: '/settings', icon: IconSettings, roles: ['admin', 'member'], content: SettingsPage },
]

/** What a role may do is what it is offered; main checks it again. */
export function pagesFor(role: Role): readonly Page[] {
  return pages.filter((page) => page.roles.includes(role))
}

import { useQuery } from '@tanstack/react-query'
import { queryClient } from '#renderer/query.ts'
import { type Decisions, decisionsSchema, type FoundPatient } from '#shared/cleanup.ts'
import type { BackupFile } from '#shared/cleanup-backup.ts'

/** The steps in their order. */
export const stepNames = ['database', 'what', 'staff', 'rehearsal', 'backup', 'confirm', 'result'] as const

/** The wizard, the backups it left, and what was done. */
export const views = ['wizard', 'backups', 'history'] as const
export type View = (typeof views)[number]
export type StepName = (typeof stepNames)[number]

/** What a person has decided so far, and where they are; it lives in the page's memory, never on the disk. */
export interface Draft {
  readonly step: StepName
  /** How often a person went to a step, the one they are on included: its heading takes the focus each time. */
  readonly visits: number
  readonly decisions: Decisions
  /** The patients behind `decisions.keepPatients`, masked, as they were found. */
  readonly patients: readonly FoundPatient[]
  /** Groups of tables that are open on the screen. */
  readonly openGroups: readonly string[]
  /** The job of the last rehearsal. */
  readonly rehearsal: string | null
  /** The folder of the backup, by the name that main gave it. */
  readonly folder: string | null
  /** Whether the server reads the backup back before anything is deleted. */
  readonly proof: boolean
  /** Whether the database itself may remember the cleanup. */
  readonly record: boolean
  /** The job of the run. */
  readonly run: string | null
  readonly view: View
  /** The backup that is looked at, and the job that reads or restores it. */
  readonly backup: BackupFile | null
  readonly restore: string | null
}

// Under the feature's key: it goes with everything else of the clinic when nobody is logged in.
const draftKey = ['cleanup', 'draft'] as const

const fresh = (): Draft => ({
  step: 'database',
  visits: 0,
  decisions: decisionsSchema.parse({}),
  patients: [],
  openGroups: [],
  rehearsal: null,
  folder: null,
  proof: true,
  record: true,
  run: null,
  view: 'wizard',
  backup: null,
  restore: null,
})

/** The draft of this session; it survives going to another page. */
export function useDraft(): Draft {
  const draft = useQuery<Draft>({
    queryKey: draftKey,
    queryFn: fresh,
    enabled: false,
    initialData: fresh,
    gcTime: Infinity,
  })
  return draft.data ?? fresh()
}

/** Changes a part of the draft. */
export function changeDraft(part: Partial<Draft>): void {
  queryClient.setQueryData<Draft>(draftKey, (draft) => ({ ...(draft ?? fresh()), ...part }))
}

/** Goes to a step. */
export function goToStep(step: StepName): void {
  queryClient.setQueryData<Draft>(draftKey, (known) => {
    const draft = known ?? fresh()
    return { ...draft, step, visits: draft.visits + 1 }
  })
}

/** Changes a part of the decisions, from what they are at that moment. */
export function decide(change: (decisions: Decisions) => Partial<Decisions>): void {
  queryClient.setQueryData<Draft>(draftKey, (known) => {
    const draft = known ?? fresh()
    return { ...draft, decisions: { ...draft.decisions, ...change(draft.decisions) } }
  })
}

/** Forgets every decision and the last rehearsal. */
export function restartDraft(): void {
  queryClient.setQueryData<Draft>(draftKey, (known) => ({ ...fresh(), visits: (known?.visits ?? 0) + 1 }))
}

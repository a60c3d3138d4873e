import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TableRegion } from '#renderer/ui/table-region.tsx'
import { useFormat } from '#renderer/words.ts'
import type { FoundPatient } from '#shared/cleanup.ts'
import classes from './list.module.css'

interface PatientTableProps {
  readonly caption: string
  readonly patients: readonly FoundPatient[]
  readonly action: (patient: FoundPatient) => ReactNode
}

/** Patients as far as they may be shown: number, initials, year of birth, last appointment. */
export function PatientTable({ caption, patients, action }: PatientTableProps) {
  const { t } = useTranslation('cleanup')
  const { day } = useFormat()
  return (
    <TableRegion label={caption} tall>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className={classes.number}>{t('patients.number')}</Table.Th>
          <Table.Th>{t('patients.name')}</Table.Th>
          <Table.Th>{t('patients.born')}</Table.Th>
          <Table.Th>{t('patients.last')}</Table.Th>
          <Table.Td />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {patients.map((patient) => (
          <Table.Tr key={patient.id} data-patient={patient.id}>
            <Table.Td className={classes.number}>{patient.id}</Table.Td>
            <Table.Th scope="row" className={classes.name}>
              {patient.name}
            </Table.Th>
            <Table.Td>{patient.birthYear ?? t('patients.unknown')}</Table.Td>
            <Table.Td>
              {patient.lastAppointment === null ? t('patients.unknown') : day(patient.lastAppointment)}
            </Table.Td>
            <Table.Td>{action(patient)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableRegion>
  )
}

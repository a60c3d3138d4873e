import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '#renderer/api.ts'
import type { Cause, Diagnosis, Symptom } from '#shared/diagnosis.ts'

export interface Question {
  readonly symptom: Symptom
  readonly backendUrl: string | null
  readonly before: Cause | null
}

/** One diagnosis at a time: it is asked for the next probe until there is a verdict, or nobody looks any more. */
export function useDiagnosis() {
  const [state, setState] = useState<Diagnosis | null>(null)
  const [error, setError] = useState<unknown>(null)
  const turn = useRef(0)

  const begin = useCallback(async (question: Question) => {
    turn.current += 1
    const mine = turn.current
    setError(null)
    try {
      let now = await call('diagnosis.start', { ...question, profile: null })
      while (mine === turn.current) {
        setState(now)
        if (now.verdict !== null) return
        now = await call('diagnosis.next', { id: now.id })
      }
    } catch (failure) {
      if (mine === turn.current) setError(failure)
    }
  }, [])

  const leave = useCallback(() => {
    turn.current += 1
    setState(null)
    setError(null)
  }, [])

  useEffect(
    () => () => {
      turn.current += 1
    },
    [],
  )

  return { state, error, begin, leave }
}

export function usePrepareBundle() {
  return useMutation({ mutationFn: () => call('diagnosis.prepareBundle') })
}

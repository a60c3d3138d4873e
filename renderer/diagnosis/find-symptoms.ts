import type { Symptom } from '#shared/diagnosis.ts'

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The symptoms in whose words every typed word is found, whatever its accents and capitals. */
export function findSymptoms(
  texts: readonly { readonly symptom: Symptom; readonly text: string }[],
  typed: string,
): readonly Symptom[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean)
  return texts.filter(({ text }) => wanted.every((word) => plain(text).includes(word))).map(({ symptom }) => symptom)
}

/** A table as a person reads it: by its name alone where it lies in the usual schema. */
export function tableName(key: string): string {
  return key.replace(/^public\./, '')
}

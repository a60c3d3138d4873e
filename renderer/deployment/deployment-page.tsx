/** Puesta en producción. */
export function DeploymentPage() {
  return null
}

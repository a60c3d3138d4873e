import { Component, type ReactNode } from 'react'
import { ErrorNotice } from './error-notice.tsx'

interface ErrorBoundaryProps {
  readonly children: ReactNode
}

/** Keeps a defect in one part of the page from blanking the rest of it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('unknown') }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return <ErrorNotice error={this.state.error} onRetry={() => this.setState({ error: null })} />
  }
}

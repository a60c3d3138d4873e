import {
  ActionIcon,
  Alert,
  Badge,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  Paper,
  Tooltip,
} from '@mantine/core'

/** The one accent colour; shade 6 carries white text at 5.3:1. */
const accent: MantineColorsTuple = [
  '#e9f6f5',
  '#d2ebe9',
  '#a6d8d4',
  '#75c3bd',
  '#43a8a1',
  '#208d86',
  '#12746e',
  '#0e635e',
  '#0b4f4b',
  '#073b38',
]

/** Greys with a little of the accent in them, so that dark screens stay calm. */
const dark: MantineColorsTuple = [
  '#dfe5e6',
  '#b9c3c5',
  '#98a5a8',
  '#5d6b6f',
  '#3d484b',
  '#2f393c',
  '#262e31',
  '#1c2326',
  '#161c1e',
  '#101517',
]

const notices: Readonly<Record<string, string>> = {
  red: 'var(--mantine-color-error)',
  yellow: 'var(--chart-cancelled)',
  accent: 'var(--chart-total)',
}

export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  fontFamily:
    '"Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: '"Cascadia Mono", Consolas, ui-monospace, Menlo, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // A tint of what is around, not a coloured slab: a notice must be seen, it need not shout.
    Alert: Alert.extend({
      vars: (_theme, { color }) => {
        const ink = notices[color ?? ''] ?? 'var(--mantine-color-dimmed)'
        const mix = (percent: number) => `color-mix(in srgb, ${ink} ${percent}%, var(--mantine-color-body))`
        return { root: { '--alert-color': ink, '--alert-bg': mix(6), '--alert-bd': `1px solid ${mix(30)}` } }
      },
    }),
    // Its header is no banner of the page.
    Modal: Modal.extend({ defaultProps: { attributes: { header: { role: 'none' } } } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, shadow: 'none' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, events: { hover: true, focus: true, touch: false } } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Badge: Badge.extend({ defaultProps: { radius: 'sm' } }),
  },
})

/** The few colours that Mantine does not name: page, quiet text and the inks of the charts. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1c2426',
    '--mantine-color-dimmed': '#59666a',
    '--mantine-color-default-border': '#e0e5e6',
    '--mantine-color-placeholder': '#6d7a7e',
    '--mantine-color-error': '#b42318',
    '--chart-total': '#12746e',
    '--chart-completed': '#33464b',
    '--chart-cancelled': '#b4540a',
    '--chart-rule': '#e6eaeb',
  },
  dark: {
    '--mantine-color-body': '#1c2326',
    '--mantine-color-text': '#dfe5e6',
    '--mantine-color-dimmed': '#9aa7aa',
    '--mantine-color-default-border': '#313b3e',
    '--mantine-color-placeholder': '#8b989b',
    '--mantine-color-error': '#ff9d92',
    '--mantine-color-anchor': '#75c3bd',
    '--mantine-color-accent-light': 'rgb(67 168 161 / 16%)',
    '--mantine-color-accent-light-hover': 'rgb(67 168 161 / 22%)',
    '--mantine-color-accent-light-color': '#a6d8d4',
    '--chart-total': '#43a8a1',
    '--chart-completed': '#c6d0d2',
    '--chart-cancelled': '#f0a35e',
    '--chart-rule': '#2b3437',
  },
})

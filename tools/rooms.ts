/** A room of the house: the files of one folder, without those of the folders in it. */
export interface Room {
  /** The rooms that its files may import, beside their own. */
  imports: readonly string[];
  /** Which of its files may import Electron and the packages around it; all others run under plain Node or in the window. */
  electron?: readonly string[];
}

const page: Room = { imports: ['shared', 'renderer/bridge', 'renderer/components', 'renderer/navigation'] };

/**
 * What may import what; all that does not stand here is an error. `npm run rooms` makes Biome's rules and the map in
 * docs/architecture.md from it.
 */
export const rooms: Readonly<Record<string, Room>> = {
  shared: { imports: [] },

  renderer: {
    imports: [
      'shared',
      'renderer/bridge',
      'renderer/components',
      'renderer/features/demo',
      'renderer/features/guide',
      'renderer/features/model',
      'renderer/features/settings',
      'renderer/features/status',
      'renderer/features/tickets',
      'renderer/navigation',
      'renderer/theme',
    ],
  },
  'renderer/features/demo': page,
  'renderer/features/guide': { imports: [...page.imports, 'renderer/features/settings', 'assets/app'] },
  'renderer/features/model': page,
  'renderer/features/settings': page,
  'renderer/features/status': page,
  'renderer/features/tickets': page,
  'renderer/components': { imports: ['shared', 'renderer/bridge'] },
  'renderer/navigation': { imports: ['shared'] },
  'renderer/bridge': { imports: ['shared'] },
  'renderer/theme': { imports: [] },

  electron: {
    imports: [
      'shared',
      'electron/app',
      'electron/logging',
      'electron/network',
      'electron/settings',
      'electron/shell',
      'electron/tickets',
    ],
    electron: ['*'],
  },
  'electron/app': {
    imports: [
      'shared',
      'electron/classifier',
      'electron/classifier/gguf',
      'electron/classifier/scoring',
      'electron/demo',
      'electron/files',
      'electron/jira',
      'electron/jira/api',
      'electron/jira/marks',
      'electron/log',
      'electron/logging',
      'electron/model-library',
      'electron/network',
      'electron/settings',
      'electron/setup',
      'electron/slack',
      'electron/tickets',
      'electron/tickets/ports',
    ],
  },
  'electron/cli': {
    imports: [
      'shared',
      'electron/classifier',
      'electron/classifier/builtin',
      'electron/classifier/gguf',
      'electron/classifier/measuring',
      'electron/classifier/scoring',
      'electron/files',
      'electron/model-library',
      'electron/settings',
      'models',
    ],
  },
  'electron/demo': { imports: ['shared', 'electron/rich-text', 'stand-ins', 'stand-ins/jira', 'stand-ins/slack'] },
  'electron/shell': { imports: ['shared'], electron: ['*'] },
  'electron/setup': {
    imports: [
      'shared',
      'electron/classifier',
      'electron/files',
      'electron/jira',
      'electron/jira/api',
      'electron/settings',
      'electron/slack',
      'electron/tickets/ports',
    ],
  },
  'electron/model-library': {
    imports: [
      'shared',
      'electron/classifier',
      'electron/classifier/gguf',
      'electron/classifier/measuring',
      'electron/classifier/scoring',
      'electron/files',
      'electron/network',
      'models',
    ],
  },
  'electron/slack': {
    imports: [
      'shared',
      'electron/network',
      'electron/rich-text',
      'electron/slack/modal',
      'electron/tickets',
      'electron/tickets/ports',
    ],
  },
  'electron/slack/modal': {
    imports: ['shared', 'electron/network', 'electron/rich-text', 'electron/tickets', 'electron/tickets/ports'],
  },
  'electron/jira': {
    imports: [
      'shared',
      'electron/jira/api',
      'electron/jira/fields',
      'electron/jira/marks',
      'electron/network',
      'electron/rich-text',
      'electron/tickets/ports',
    ],
  },
  'electron/jira/api': {
    imports: ['shared', 'electron/jira/marks', 'electron/jira/texts', 'electron/network', 'electron/rich-text'],
  },
  'electron/jira/fields': { imports: ['shared', 'electron/jira/api', 'electron/rich-text', 'electron/tickets/ports'] },
  'electron/jira/marks': { imports: ['shared', 'electron/network', 'electron/tickets/ports'] },
  'electron/jira/texts': { imports: ['electron/rich-text'] },
  'electron/rich-text': { imports: [] },
  'electron/log': {
    imports: ['shared', 'electron/files', 'electron/log/rescue', 'electron/log/sqlite', 'electron/tickets/ports'],
  },
  'electron/log/rescue': { imports: ['electron/log/sqlite'] },
  'electron/log/sqlite': { imports: ['shared', 'electron/tickets/ports', 'electron/tickets/rules'] },
  'electron/classifier': {
    imports: [
      'shared',
      'electron/classifier/builtin',
      'electron/classifier/gguf',
      'electron/classifier/measuring',
      'electron/classifier/scoring',
      'electron/network',
      'electron/tickets/ports',
      'models',
    ],
  },
  'electron/classifier/measuring': {
    imports: [
      'shared',
      'electron/classifier/builtin',
      'electron/classifier/gguf',
      'electron/classifier/scoring',
      'models',
    ],
  },
  'electron/classifier/gguf': { imports: ['shared', 'electron/classifier/scoring'] },
  'electron/classifier/builtin': { imports: ['shared', 'electron/classifier/scoring'] },
  'electron/classifier/scoring': { imports: ['shared'] },
  'electron/tickets': {
    imports: ['shared', 'electron/rich-text', 'electron/tickets/ports', 'electron/tickets/rules'],
  },
  'electron/tickets/rules': { imports: ['shared', 'electron/tickets/ports'] },
  'electron/tickets/ports': { imports: ['shared'] },
  'electron/settings': {
    imports: ['shared', 'electron/files', 'electron/network'],
    electron: ['saved-settings.ts', 'secret-store.ts'],
  },
  'electron/logging': { imports: ['shared', 'electron/network'], electron: ['logging.ts'] },
  'electron/network': { imports: ['shared', 'electron/files'] },
  'electron/files': { imports: [] },

  'stand-ins/jira': { imports: ['stand-ins'] },
  'stand-ins/slack': { imports: ['stand-ins'] },
  'stand-ins': { imports: [] },
};

/** Files that Electron, Node or a page starts: nobody imports them. */
export const waysIn: readonly string[] = ['electron/main.ts', 'electron/preload.ts', 'electron/app/model-host.ts'];

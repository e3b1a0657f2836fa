import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { isRecord, type Json } from '../record.ts';

/** What an app is made of in the workspace, as its manifest asks: docs.slack.dev/reference/app-manifest. */
export interface SlackManifest {
  /** Commands with their slash; `isEscaped` where mentions and links come in angle brackets. */
  commands: ReadonlyArray<{ command: string; isEscaped: boolean }>;
  /** Shortcuts with the `callback_id` that they send. */
  shortcuts: ReadonlyArray<{ type: 'global' | 'message'; name: string; callbackId: string }>;
  botEvents: readonly string[];
  /** Scopes of the bot token. */
  scopes: readonly string[];
  hasHome: boolean;
  /** Whether the app can write to people. */
  hasMessages: boolean;
  /** Whether people can write to the app. */
  takesMessages: boolean;
  isInteractive: boolean;
}

/** This program's own, beside the folder of the stand-ins and of what is built. */
const ownFile = path.join(import.meta.dirname, '..', '..', 'slack-manifest.yml');

/**
 * Reads a manifest: one that is parsed already, YAML, or the path of a file; this program's own where none is given.
 * Throws an Error that names what Slack would not take.
 */
export function readManifest(given: string | Json = ownFile): SlackManifest {
  const source = typeof given === 'string' && existsSync(given) ? readFileSync(given, 'utf8') : given;
  const manifest: unknown = typeof source === 'string' ? parse(source) : source;
  if (!isRecord(manifest) || !isShort(at(manifest, 'display_information', 'name'), 35)) {
    throw new Error('This is no app manifest: it has no display_information.name of at most 35 characters.');
  }
  const scopes = strings(at(manifest, 'oauth_config', 'scopes', 'bot'));
  const hasCommands = scopes.includes('commands');
  const appHome = at(manifest, 'features', 'app_home');
  const home = isRecord(appHome) ? appHome : {};
  return {
    commands: hasCommands ? records(at(manifest, 'features', 'slash_commands')).map(readCommand) : [],
    shortcuts: hasCommands ? records(at(manifest, 'features', 'shortcuts')).map(readShortcut) : [],
    botEvents: strings(at(manifest, 'settings', 'event_subscriptions', 'bot_events')),
    scopes,
    hasHome: home['home_tab_enabled'] === true,
    hasMessages: home['messages_tab_enabled'] === true,
    takesMessages: home['messages_tab_enabled'] === true && home['messages_tab_read_only_enabled'] !== true,
    isInteractive: at(manifest, 'settings', 'interactivity', 'is_enabled') === true,
  };
}

function readCommand(value: Json): SlackManifest['commands'][number] {
  const { command, description } = value;
  if (typeof command !== 'string' || !/^\/\S{1,31}$/.test(command)) throw refusal('slash_commands', 'command');
  if (typeof description !== 'string' || description === '') throw refusal('slash_commands', 'description');
  return { command, isEscaped: value['should_escape'] === true };
}

function readShortcut(value: Json): SlackManifest['shortcuts'][number] {
  const { type, name, callback_id: callbackId, description } = value;
  if (type !== 'global' && type !== 'message') throw refusal('shortcuts', 'type');
  if (!isShort(name, 24)) throw refusal('shortcuts', 'name');
  if (!isShort(callbackId, 255)) throw refusal('shortcuts', 'callback_id');
  if (!isShort(description, 150)) throw refusal('shortcuts', 'description');
  return { type, name, callbackId };
}

function isShort(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= max;
}

function refusal(list: string, key: string): Error {
  return new Error(`The manifest has an entry of features.${list} without a proper ${key}.`);
}

function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((found, key) => (isRecord(found) ? found[key] : undefined), value);
}

function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

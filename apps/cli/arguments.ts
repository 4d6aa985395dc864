/** Flags in, typed values out; everything that is not known is refused with the flag that would be right. */
import { FolderInUse } from '@clearchart/folder-lock';
import {
  ConfigFault,
  DamagedData,
  FolderNotEmpty,
  KeyUnavailable,
  NotADataFolder,
  OperatorRefusal,
} from '@clearchart/node';
import type { Command } from './command.ts';
import { EXIT } from './exit-codes.ts';
import type { ParsedArguments } from './parsed-arguments.ts';

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function parseArguments(command: Command, argv: readonly string[]): ParsedArguments {
  const flags: Record<string, string> = {};
  const switches = new Set<string>();
  const positions: string[] = [];
  let onlyPositions = false;
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (onlyPositions || !word.startsWith('--')) {
      positions.push(word);
      continue;
    }
    if (word === '--') {
      onlyPositions = true;
      continue;
    }
    const [name = '', inline] = splitOnce(word.slice(2));
    if (name === 'json' || command.switches?.includes(name) === true) {
      if (inline !== undefined) throw new UsageError(`--${name} takes no value`);
      switches.add(name);
      continue;
    }
    if (command.flags[name] === undefined) throw new UsageError(`${command.name} has no flag --${name}`);
    if (name in flags) throw new UsageError(`--${name} is given twice`);
    const value = inline ?? argv[(index += 1)];
    if (value === undefined || value === '') throw new UsageError(`--${name} needs a value`);
    flags[name] = value;
  }
  for (const name of command.required ?? []) {
    if (!(name in flags)) throw new UsageError(`${command.name} needs --${name}`);
  }
  const { least, most } = command.positions;
  if (positions.length < least || positions.length > most) throw new UsageError(`usage: ${command.usage}`);
  return { flags, switches, positions, json: switches.has('json') };
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

export function flag(parsed: ParsedArguments, name: string): string {
  const value = parsed.flags[name];
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
}

export function position(parsed: ParsedArguments, index: number): string {
  const value = parsed.positions[index];
  if (value === undefined) throw new UsageError('a name of a file or folder is missing');
  return value;
}

const USAGE = [UsageError, ConfigFault, FolderNotEmpty, NotADataFolder, KeyUnavailable];

/** The exit code and the words for whatever went wrong. */
export function failureOf(fault: unknown): { code: number; words: string } {
  const words = fault instanceof Error ? fault.message : String(fault);
  if (USAGE.some((kind) => fault instanceof kind)) return { code: EXIT.usage, words };
  if (fault instanceof OperatorRefusal) return { code: fault.kind === 'usage' ? EXIT.usage : EXIT.no, words };
  if (fault instanceof FolderInUse) return { code: EXIT.folderInUse, words };
  if (fault instanceof DamagedData) return { code: EXIT.damaged, words };
  return { code: EXIT.fault, words: `fault: ${words}` };
}

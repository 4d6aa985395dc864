import { readFileSync } from 'node:fs';
import type { KeyOptions } from '@clearchart/node';
import { type ParsedArguments, UsageError } from './arguments.ts';

/** Where the node key is: flags first, then CLEARCHART_KEYS and CLEARCHART_PASSPHRASE_FILE. */
export function keyOptions(parsed: ParsedArguments): KeyOptions {
  const keysFolder = parsed.flags['keys'] ?? process.env['CLEARCHART_KEYS'];
  const passphraseFile = parsed.flags['passphrase-file'] ?? process.env['CLEARCHART_PASSPHRASE_FILE'];
  return {
    ...(keysFolder === undefined ? {} : { keysFolder }),
    ...(passphraseFile === undefined ? {} : { passphrase: readPassphrase(passphraseFile) }),
  };
}

export function readPassphrase(file: string): string {
  let words: string;
  try {
    words = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new UsageError(`the passphrase file ${file} cannot be read`);
  }
  if (words === '') throw new UsageError(`the passphrase file ${file} is empty`);
  return words;
}

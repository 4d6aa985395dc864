import { type KeyOptions, readPassphrase } from '@clearchart/node';
import type { ParsedArguments } from './parsed-arguments.ts';

/** Where the node key is: flags first, then CLEARCHART_KEYS and CLEARCHART_PASSPHRASE_FILE. */
export function keyOptions(parsed: ParsedArguments): KeyOptions {
  const keysFolder = parsed.flags['keys'] ?? process.env['CLEARCHART_KEYS'];
  const passphraseFile = parsed.flags['passphrase-file'] ?? process.env['CLEARCHART_PASSPHRASE_FILE'];
  return {
    ...(keysFolder === undefined ? {} : { keysFolder }),
    ...(passphraseFile === undefined ? {} : { passphrase: readPassphrase(passphraseFile) }),
  };
}

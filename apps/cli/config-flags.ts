import { existsSync, readFileSync } from 'node:fs';
import { CONFIG_NAMES, type Config, ConfigFault, type ConfigName, flagOf, readConfig } from '@clearchart/node';
import type { ParsedArguments } from './parsed-arguments.ts';

const FILE = 'clearchart.json';

const MEANINGS: Readonly<Record<ConfigName, string>> = {
  data: "the node's data folder",
  emergencyNumber: 'the number that warning signs point to (112)',
  engine: 'proof-of-work',
  host: 'address to listen on (127.0.0.1)',
  keys: 'folder of the node key (by default DIR.keys)',
  knownBlock:
    'HEIGHT:HASH of a block that you were told: a network whose history does not hold it is not joined by a snapshot',
  logLevel: 'fatal, error, warn, info, debug or silent',
  passphraseFile: 'file with the passphrase of the node key',
  peerCa: 'PEM file of certificates to believe of other members’ nodes, beside those the machine believes',
  peerUrl: 'address at which the nodes of other members reach this one, such as https://node.city.example',
  port: 'port to listen on (8080; the next free one if busy)',
  snapshotFrom: 'lacking so many transactions, the node fetches the state first and older blocks meanwhile (5000)',
  timeZone: "for the hours in which visits are offered, such as Asia/Kolkata (the machine's)",
  publicUrl: 'address at which people reach the node, for links in letters',
  smtpFrom: 'sender of letters, such as "City Hospital <desk@city.example>"',
  smtpUrl: 'mail server, such as smtps://user:password@mail.city.example',
  tlsCertificate: 'PEM file; with it the node speaks https',
  tlsKey: 'PEM file of the key',
  trustProxy: 'true behind a proxy of your own that sets X-Forwarded-For',
};

export const CONFIG_FLAGS: Readonly<Record<string, string>> = Object.fromEntries(
  CONFIG_NAMES.map((name) => [flagOf(name).slice(2), MEANINGS[name]]),
);

export function configOf(parsed: ParsedArguments): Config {
  const byFlag = new Map(CONFIG_NAMES.map((name) => [flagOf(name).slice(2), name]));
  const flags = Object.fromEntries(
    Object.entries(parsed.flags).flatMap(([flag, value]) => {
      const name = byFlag.get(flag);
      return name === undefined ? [] : [[name, value]];
    }),
  );
  const outcome = readConfig({ flags, environment: process.env, file: readFile() });
  if ('faults' in outcome) throw new ConfigFault(outcome.faults);
  return outcome.config;
}

function readFile(): unknown {
  if (!existsSync(FILE)) return undefined;
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    throw new ConfigFault([`${FILE} is not JSON`]);
  }
}

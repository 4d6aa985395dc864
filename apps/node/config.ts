/**
 * Configuration: flags, then environment CLEARCHART_*, then clearchart.json. Strict: every unknown name
 * and every bad value is listed at once, and nothing starts.
 */
import { z } from 'zod';

const text = z.string().min(1).max(4096);
const origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => /^https?:\/\/[^/?#@]+\/?$/.test(url),
    'an address without a path, such as https://records.city.example',
  )
  .transform((url) => url.replace(/\/$/, ''));

/** Every setting: its name in the file; the flag is `--name-in-dashes`, the variable CLEARCHART_NAME_IN_CAPITALS. */
const configSchema = z.strictObject({
  data: text.optional(),
  keys: text.optional(),
  passphraseFile: text.optional(),
  host: text.default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(8080),
  engine: z.enum(['proof-of-work']).default('proof-of-work'),
  tlsCertificate: text.optional(),
  tlsKey: text.optional(),
  trustProxy: z.stringbool().default(false),
  /** IANA name, for the hours in which visits are offered; the machine's own when it is missing. */
  timeZone: text.refine(isTimeZone, 'is no time zone').optional(),
  emergencyNumber: z
    .string()
    .regex(/^[0-9 +-]{2,20}$/)
    .default('112'),
  publicUrl: origin.optional(),
  /** Where the nodes of other members reach this one. */
  peerUrl: origin.optional(),
  /** PEM file of certificates that are believed of other members' nodes, beside those the machine believes. */
  peerCa: text.optional(),
  /** HEIGHT:HASH of a block that the history which this node joins must hold. */
  knownBlock: z
    .string()
    .regex(/^[1-9]\d{0,14}:[0-9a-f]{64}$/, 'HEIGHT:HASH, the hash 64 hexadecimal digits')
    .transform((known) => {
      const [height = '', hash = ''] = known.split(':');
      return { height: Number(height), hash };
    })
    .optional(),
  /** Whoever lacks so many transactions joins by a snapshot. */
  snapshotFrom: z.coerce.number().int().min(1).optional(),
  smtpUrl: z
    .url({ protocol: /^smtps?$/ })
    .max(4096)
    .optional(),
  smtpFrom: text.optional(),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
});

export type Config = z.infer<typeof configSchema>;
export type ConfigName = keyof Config;

export const CONFIG_NAMES = Object.keys(configSchema.shape) as ConfigName[];

const PREFIX = 'CLEARCHART_';

export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function variableOf(name: string): string {
  return PREFIX + name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

export interface ConfigSources {
  readonly flags: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The parsed clearchart.json; undefined when there is none. */
  readonly file: unknown;
}

/** The configuration, or every fault in plain words. */
export function readConfig({ flags, environment, file }: ConfigSources): { config: Config } | { faults: string[] } {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  if (file !== undefined) {
    if (typeof file !== 'object' || file === null || Array.isArray(file)) {
      faults.push('clearchart.json: must hold one object');
    } else {
      for (const [name, value] of Object.entries(file)) {
        if (isName(name)) values[name] = value;
        else faults.push(`clearchart.json: "${name}" is not a setting`);
      }
    }
  }
  const byVariable = new Map(CONFIG_NAMES.map((name) => [variableOf(name), name]));
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || value === undefined) continue;
    const name = byVariable.get(variable);
    if (name === undefined) faults.push(`${variable} is not a setting`);
    else values[name] = value;
  }
  if (environment['DATABASE_URL'] !== undefined) {
    faults.push('DATABASE_URL is set, but this version keeps its records in SQLite only: unset it');
  }
  for (const [name, value] of Object.entries(flags)) {
    if (isName(name)) values[name] = value;
    else faults.push(`${flagOf(name)} is not a setting`);
  }
  const parsed = configSchema.safeParse(values);
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      faults.push(`${String(issue.path[0] ?? 'configuration')}: ${issue.message}`);
  }
  if (parsed.success && (parsed.data.tlsCertificate === undefined) !== (parsed.data.tlsKey === undefined)) {
    faults.push('tlsCertificate and tlsKey go together');
  }
  if (parsed.success && (parsed.data.smtpUrl === undefined) !== (parsed.data.smtpFrom === undefined)) {
    faults.push('smtpUrl and smtpFrom go together');
  }
  if (parsed.success && parsed.data.smtpUrl !== undefined && parsed.data.publicUrl === undefined) {
    faults.push('smtpUrl needs publicUrl: letters tell people where to go');
  }
  return faults.length > 0 || !parsed.success ? { faults } : { config: parsed.data };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isName(name: string): name is ConfigName {
  return (CONFIG_NAMES as string[]).includes(name);
}

/** A configuration that does not start anything: every fault in plain words. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
  constructor(faults: readonly string[]) {
    super(`the configuration has faults:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * npm leaves a platform's optional package out of the lockfile when its registry does not offer it, and
 * `npm ci` then refuses the lockfile. This names what is missing and says what its entry must hold.
 */
export interface LockedPackage {
  version?: string;
  integrity?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}

export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

export interface MissingPackage {
  /** Key of the package that asks for it. */
  readonly askedBy: string;
  readonly name: string;
  readonly version: string;
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
  'wasm32',
] as const;

/** Optional dependencies that no entry of the lockfile answers, in the lockfile's order. */
export function missingOptional(lockfile: Lockfile): MissingPackage[] {
  const missing: MissingPackage[] = [];
  for (const [askedBy, entry] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!isAnswered(lockfile, askedBy, name)) missing.push({ askedBy, name, version });
    }
  }
  return missing;
}

/** Node's search: in the package's own node_modules, then in that of each folder above it. */
function isAnswered(lockfile: Lockfile, from: string, name: string): boolean {
  const steps = from === '' ? [] : from.split('/');
  for (let length = steps.length; length >= 0; length -= 1) {
    if (steps[length - 1] === 'node_modules') continue;
    const folder = steps.slice(0, length).join('/');
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lockfile.packages) return true;
  }
  return false;
}

/**
 * The entry npm would have written, as far as the name tells. Throws when the asker wants a range (only exact
 * versions are known without the registry) or the name tells no system and no processor.
 */
export function entryFor(missing: MissingPackage, asker: LockedPackage): LockedPackage {
  const { name, version } = missing;
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
    throw new Error(`${missing.askedBy} asks for ${name} ${version}: add it by hand, the exact version is not known`);
  }
  const words = name.split(/[/-]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined && cpu === undefined) throw new Error(`${name}: its name tells no system and no processor`);
  const libc = libcOf(words);
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(asker.dev ? { dev: true } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}

function libcOf(words: readonly string[]): string | undefined {
  if (!words.includes('linux')) return undefined;
  if (words.some((word) => word.startsWith('musl'))) return 'musl';
  return words.some((word) => word.startsWith('gnu')) ? 'glibc' : undefined;
}

/** The lockfile with every missing entry, its keys in npm's order; the same object when nothing is missing. */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const missing = missingOptional(lockfile);
  if (missing.length === 0) return lockfile;
  const added: Record<string, LockedPackage> = {};
  for (const one of missing) {
    const known = added[`node_modules/${one.name}`];
    const nested = known !== undefined && known.version !== one.version;
    const key = `${nested ? `${one.askedBy}/` : ''}node_modules/${one.name}`;
    added[key] = entryFor(one, lockfile.packages[one.askedBy] ?? {});
  }
  const packages = { ...lockfile.packages, ...added };
  const keys = Object.keys(packages).sort((a, b) => a.localeCompare(b, 'en'));
  return { ...lockfile, packages: Object.fromEntries(keys.map((key) => [key, packages[key] ?? {}])) };
}

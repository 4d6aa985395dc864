/** What every package.json of the repository says, and what the sources beside it import. */
import { builtinModules } from 'node:module';
import { isTest, listFiles, listSources, readText } from './source-files.ts';

export interface Manifest {
  readonly path: string;
  /** The folder it stands in, without a closing slash; empty for the root. */
  readonly folder: string;
  readonly name: string;
  readonly license?: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

export function listManifests(root?: string): Manifest[] {
  return listFiles(root)
    .filter((path) => path === 'package.json' || path.endsWith('/package.json'))
    .map((path) => {
      const json = JSON.parse(readText(path, root)) as Partial<Manifest> & { name: string };
      return {
        path,
        folder: path.replace(/\/?package\.json$/, ''),
        name: json.name,
        ...(json.license === undefined ? {} : { license: json.license }),
        dependencies: json.dependencies ?? {},
        devDependencies: json.devDependencies ?? {},
        optionalDependencies: json.optionalDependencies ?? {},
      };
    });
}

/** An exact version, also of an alias; workspaces of this repository are asked for by `*`. */
export function isExact(name: string, version: string): boolean {
  if (name.startsWith('@clearchart/')) return version === '*';
  return /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version);
}

export interface PackageImport {
  readonly file: string;
  readonly package: string;
}

const SPECIFIER =
  /(?:^|[;\s])(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\bimport\.meta\.resolve\(\s*['"]([^'"]+)['"]/gm;

/** Packages a text imports by name; files, `node:` modules and URLs are left out. */
export function packagesImported(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(SPECIFIER)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    if (/^(\.|\/|[a-z]+:|#)/.test(specifier) || builtinModules.includes(specifier)) continue;
    found.add(
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  }
  return [...found].sort();
}

/** Imports of a package that the workspace does not name. A test may also use what the root names for development. */
export function unnamedImports(root?: string): PackageImport[] {
  const manifests = listManifests(root);
  const shared = manifests.find((manifest) => manifest.folder === '')?.devDependencies ?? {};
  const unnamed: PackageImport[] = [];
  for (const file of listSources(root)) {
    const manifest = manifests.find(({ folder }) => folder !== '' && file.startsWith(`${folder}/`));
    const fromRoot = isTest(file) || file.startsWith('tools/') ? shared : {};
    const named = { ...fromRoot, ...manifest?.devDependencies, ...manifest?.dependencies };
    for (const name of packagesImported(readText(file, root))) {
      if (!(name in named) && name !== manifest?.name) unnamed.push({ file, package: name });
    }
  }
  return unnamed;
}

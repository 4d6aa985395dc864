/**
 * Who may import whom: turns layers.json into dependency-cruiser's rules and reads every source by them.
 * The files it read are compared with the files there are, so a checker that sees nothing never passes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cruise,
  type ICruiseOptions,
  type ICruiseResult,
  type IRegularForbiddenRuleType,
  type IViolation,
} from 'dependency-cruiser';
import { CODE_ROOTS, listSources } from './source-files.ts';

interface Module {
  /** Names or patterns, see `matches`. */
  readonly mayImport: readonly string[];
  /** No Node, no undeclared package: the code decides and touches nothing. */
  readonly pure?: boolean;
  /** Runs in a browser: no Node. */
  readonly browser?: boolean;
}

export interface Layers {
  readonly modules: Readonly<Record<string, Module>>;
  /** Inside a module, the one file that may import these modules. */
  readonly joinedOnlyIn: readonly {
    readonly inside: string;
    readonly files: readonly string[];
    readonly modules: readonly string[];
  }[];
  readonly testsMayAlsoImport: readonly string[];
}

export interface LayerReport {
  readonly filesRead: number;
  /** One sentence a fault. */
  readonly faults: readonly string[];
}

const TEST = '\\.(test|fixture)\\.tsx?$';

export function readLayers(path: string): Layers {
  return JSON.parse(readFileSync(path, 'utf8')) as Layers;
}

/** Checks the tree under `root` by `layers`. Throws when the checker itself fails. */
export async function checkLayers(root: string, layers: Layers): Promise<LayerReport> {
  const sources = listSources(root);
  const folders = CODE_ROOTS.filter((folder) => sources.some((path) => path.startsWith(`${folder}/`)));
  const options: ICruiseOptions = {
    baseDir: root,
    ruleSet: { forbidden: rulesOf(layers) },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.cache)/' },
  };
  const resolution = {
    exportsFields: ['exports'],
    conditionNames: ['import', 'browser', 'node', 'types', 'default'],
    extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    mainFields: ['module', 'main', 'types'],
  };
  const output = (await cruise([...folders], options, resolution)).output as ICruiseResult;
  const read = new Set(output.modules.map((module) => module.source));
  const faults = describe(output.summary.violations);
  for (const path of sources) {
    if (!read.has(path)) faults.push(`${path} was not read by the layer checker`);
    if (moduleOf(path, layers) === undefined) faults.push(`${path} lies in no module of layers.json`);
  }
  return { filesRead: sources.filter((path) => read.has(path)).length, faults };
}

/** Each violation in a sentence. Of cycles that share a step only the shortest is told: the others mostly go with it. */
function describe(violations: readonly IViolation[]): string[] {
  const steps = new Set<string>();
  const faults: string[] = [];
  const byLength = [...violations].sort((one, other) => (one.cycle?.length ?? 0) - (other.cycle?.length ?? 0));
  for (const { from, to, rule, cycle } of byLength) {
    if (cycle === undefined || cycle.length === 0) {
      faults.push(`${from} imports ${to}: ${rule.name}`);
      continue;
    }
    const names = [from, ...cycle.map((step) => step.name)];
    const own = names.slice(1).map((name, index) => `${names[index]} → ${name}`);
    if (!own.some((step) => steps.has(step))) faults.push(`${names.join(' → ')}: ${rule.name}`);
    for (const step of own) steps.add(step);
  }
  return faults;
}

function moduleOf(path: string, layers: Layers): string | undefined {
  return Object.keys(layers.modules).find((module) => path.startsWith(`${module}/`));
}

function rulesOf(layers: Layers): IRegularForbiddenRuleType[] {
  const names = Object.keys(layers.modules);
  const rules: IRegularForbiddenRuleType[] = [
    rule('no-cycles', {}, { circular: true }),
    rule('code-never-imports-tests', { pathNot: TEST }, { path: TEST }),
    rule('must-exist', {}, { couldNotResolve: true }),
    rule(
      'package-must-be-named-in-package-json',
      { pathNot: [TEST, '^tools/'] },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    ),
  ];
  for (const [name, module] of Object.entries(layers.modules)) {
    const inside = `^${name}/`;
    rules.push(
      rule(
        `${name}-is-entered-by-its-index`,
        { path: '^[^/]+/', pathNot: inside },
        { path: inside, pathNot: `^${name}/index\\.ts$` },
      ),
    );
    if (module.pure || module.browser) {
      const exempt = module.pure ? [TEST] : [TEST, 'vite\\.config\\.ts$'];
      rules.push(rule(`${name}-never-imports-node`, { path: inside, pathNot: exempt }, { dependencyTypes: ['core'] }));
    }
    const others = names.filter((other) => other !== name && !matches(other, module.mayImport));
    const othersForTests = others.filter((other) => !matches(other, layers.testsMayAlsoImport));
    rules.push(rule(`${name}-may-not`, { path: inside, pathNot: TEST }, anyOf(others)));
    rules.push(rule(`${name}-tests-may-not`, { path: `^${name}/.*${TEST}` }, anyOf(othersForTests)));
  }
  for (const { inside, files, modules } of layers.joinedOnlyIn) {
    rules.push(
      rule(
        `only-${files.join('-and-')}-join-ports-to-adapters`,
        { path: `^${inside}/`, pathNot: [...files.map((file) => `^${file.replaceAll('.', '\\.')}$`), TEST] },
        anyOf(names.filter((name) => matches(name, modules))),
      ),
    );
  }
  return rules;
}

/** A pattern is a module's name, `folder/*` for every module of a folder, or `*` for all. */
function matches(module: string, patterns: readonly string[]): boolean {
  return patterns.some(
    (pattern) =>
      pattern === '*' || pattern === module || (pattern.endsWith('/*') && module.startsWith(pattern.slice(0, -1))),
  );
}

/** The modules' files; an empty list matches nothing (to dependency-cruiser it would mean everything). */
function anyOf(modules: readonly string[]): { path: string[] } {
  return { path: modules.length === 0 ? ['^$'] : modules.map((module) => `^${module}/`) };
}

type From = IRegularForbiddenRuleType['from'];
type To = IRegularForbiddenRuleType['to'];

function rule(name: string, from: From, to: To): IRegularForbiddenRuleType {
  return { name, severity: 'error', from, to };
}

if (import.meta.main) {
  const root = process.cwd();
  const report = await checkLayers(root, readLayers(join(root, 'layers.json')));
  for (const fault of report.faults) console.log(fault);
  console.log(`${report.filesRead} files read`);
  if (report.faults.length > 0 || report.filesRead === 0) process.exitCode = 1;
}

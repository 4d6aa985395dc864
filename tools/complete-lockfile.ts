/** Run after every `npm install`: adds the platform packages that npm left out of package-lock.json. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeLockfile, type Lockfile, missingOptional } from './house/lockfile.ts';
import { ROOT } from './house/source-files.ts';

const path = join(ROOT, 'package-lock.json');
const lockfile = JSON.parse(readFileSync(path, 'utf8')) as Lockfile;
const missing = missingOptional(lockfile);
if (missing.length > 0) writeFileSync(path, `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`);
for (const { name, version } of missing) console.log(`added ${name} ${version}`);
console.log(missing.length === 0 ? 'The lockfile is complete.' : `${missing.length} entries added.`);

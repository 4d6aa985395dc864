/** Writes the golden vectors and the list of their checksums; the same bytes each time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKSUMS, vectorChecksums } from './house/rules.ts';
import { listFiles, ROOT } from './house/source-files.ts';
import { goldenFiles, VECTORS_FOLDER } from './vectors/list.ts';

mkdirSync(join(ROOT, VECTORS_FOLDER), { recursive: true });
for (const [path, text] of goldenFiles()) writeFileSync(join(ROOT, path), text);
writeFileSync(join(ROOT, CHECKSUMS), vectorChecksums(listFiles()));

/** Writes vectors/CHECKSUMS anew, after vectors were made on purpose. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKSUMS, vectorChecksums } from './house/rules.ts';
import { listFiles, ROOT } from './house/source-files.ts';

writeFileSync(join(ROOT, CHECKSUMS), vectorChecksums(listFiles()));

/**
 * A real Chromium for tests: CHROMIUM_PATH, else /usr/bin/chromium, else the one inside @sparticuz/chromium, which needs
 * nothing installed. Never waits for "network idle": the page keeps a stream of events open.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const UNPACKED = join(import.meta.dirname, '../../node_modules/.cache/chromium');
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(UNPACKED, 'fonts')}</dir>
  <cachedir>${join(UNPACKED, 'font-cache')}</cachedir>
</fontconfig>
`;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

async function packagedChromium(): Promise<string> {
  // The package unpacks for the runtime it is told of, into the temporary folder it is given.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  await mkdir(UNPACKED, { recursive: true });
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = UNPACKED;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    const path = await packaged.executablePath();
    // Its own font list names folders of the cloud it was made for.
    await writeFile(join(UNPACKED, 'fonts.conf'), FONTS);
    process.env['FONTCONFIG_FILE'] = join(UNPACKED, 'fonts.conf');
    return path;
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

export async function chromiumPath(): Promise<string> {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') return given;
  return existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : packagedChromium();
}

/** Starts the browser; whoever calls closes it. */
export async function launchBrowser(extraFlags: readonly string[] = []): Promise<Browser> {
  const executablePath = await chromiumPath();
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...extraFlags] });
}

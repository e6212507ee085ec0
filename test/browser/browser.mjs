/* What the browser tests share: Debian's Chromium, and TAP. */
import { chromium } from 'playwright-core';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
let count = 0;
let failed = 0;

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
}

export function ok(holds, sentence, detail) {
  count += 1;
  if (!holds) {
    failed += 1;
    if (detail !== undefined)
      console.log(`# ${String(detail).replace(/\n/g, '\n# ')}`);
  }
  console.log(`${holds ? 'ok' : 'not ok'} ${count} - ${sentence}`);
  return holds;
}

export function finish() {
  console.log(`1..${count}`);
  process.exit(failed === 0 && count > 0 ? 0 : 1);
}

// Takes every main page of the demo, light and dark, at both widths, into e2e/shots: node shots.mjs [NAME…]
// node shots.mjs readme takes the picture in the README.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startChromium } from './harness/chromium.mjs';
import { WIDTHS, openContext } from './harness/context.mjs';
import { MAIN_PAGES, enterDemoAs } from './harness/demo.mjs';
import { startServer } from './harness/server.mjs';

const folder = join(import.meta.dirname, 'shots');
const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const server = await startServer({ command: 'demo' });
const browser = await startChromium();
try {
  if (wanted.includes('readme')) await takeForReadme();
  else for (const width of Object.keys(WIDTHS)) {
    for (const colorScheme of ['light', 'dark']) await takeAll(width, colorScheme);
  }
} finally {
  await browser.close();
  await server.stop();
}

async function takeForReadme() {
  const context = await openContext(browser, { width: 'desktop', server, colorScheme: 'light', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await enterDemoAs(page, 'Jon Berg');
  await page.goto('/today');
  await page.screenshot({ path: join(import.meta.dirname, '../docs/img/today.png') });
  await context.close();
}

async function takeAll(width, colorScheme) {
  const context = await openContext(browser, { width, server, colorScheme });
  const page = await context.newPage();
  let entered = null;
  for (const { name, who, reach } of MAIN_PAGES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    if (entered !== who) await enterDemoAs(page, who);
    entered = who;
    await reach(page);
    const path = join(folder, `${name}-${width}-${colorScheme}.png`);
    await page.screenshot({ path, fullPage: width === 'phone' });
    console.log(path);
  }
  await context.close();
}

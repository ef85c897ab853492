// A journey: one story, walked at phone width and at desktop width, each time with a server and data of its own.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startChromium } from './chromium.mjs';
import { WIDTHS, openContext } from './context.mjs';
import { startServer } from './server.mjs';

let browser = null;
after(async () => (await browser)?.close());

/**
 * Registers a journey. It is walked at both `widths`, unless its story is the same at any; further `options` go to
 * startServer. `walk` gets { page, context, server, width }, where width is 'phone' or 'desktop'. It fails, too, when a
 * script of ours throws, when the page breaks its own content security policy, and when it asks for anything that is not
 * on this machine.
 */
export function journey(name, { widths = Object.keys(WIDTHS), ...options }, walk) {
  for (const width of widths) {
    test(`${name} (${width})`, { timeout: 240_000 }, async () => {
      const server = await startServer(options);
      const complaints = [];
      try {
        browser ??= startChromium();
        const context = await openContext(await browser, { width, server, complaints });
        const page = await context.newPage();
        try {
          await walk({ page, context, server, width });
        } catch (error) {
          throw new Error(`${error.stack}\n${await whereItWas(context)}`, { cause: error });
        } finally {
          await context.close();
        }
      } finally {
        await server.stop();
      }
      assert.deepEqual(complaints, [], 'the page complained');
    });
  }
}

/** The page that the walk came to an end on (the newest, if several are open), for whoever reads why. */
async function whereItWas(context) {
  const page = context.pages().at(-1);
  if (!page) return 'the walk ended after its page was closed';
  const text = await page.locator('body').innerText({ timeout: 1000 }).catch(() => 'nothing');
  return `the walk ended on ${page.url()}, which says:\n${text.replace(/\n\s*\n/g, '\n').slice(0, 3000)}\n`;
}

// A journey: one story, walked at phone width and at desktop width, each time with a server and data of its own.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startChromium } from './chromium.mjs';
import { startServer } from './server.mjs';

/** The two widths that every page must fit. */
export const WIDTHS = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
};

let browser = null;
after(async () => (await browser)?.close());

/**
 * Registers a journey. `options` go to startServer. `walk` gets { page, context, server, width }, where width is
 * 'phone' or 'desktop'. It fails, too, when a script of ours throws, when the page breaks its own content
 * security policy, and when it asks for anything that is not on this machine.
 */
export function journey(name, options, walk) {
  for (const width of Object.keys(WIDTHS)) {
    test(`${name} (${width})`, { timeout: 120_000 }, async () => {
      const server = await startServer(options);
      const complaints = [];
      try {
        const context = await openContext(width, server, complaints);
        try {
          await walk({ page: await context.newPage(), context, server, width });
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

/** A browser context of that width; what goes wrong in its pages is added to `complaints`. */
export async function openContext(width, server, complaints = [], settings = {}) {
  browser ??= startChromium();
  const phone = width === 'phone';
  const context = await (await browser).newContext({
    baseURL: server.base,
    viewport: WIDTHS[width],
    isMobile: phone,
    hasTouch: phone,
    deviceScaleFactor: phone ? 2 : 1,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...settings,
  });
  context.setDefaultTimeout(10_000);
  await context.route((url) => url.origin !== server.base && url.protocol.startsWith('http'), (route) => {
    complaints.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return context;
}

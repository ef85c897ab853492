// A browser context as Forewarn's users have one: a phone in the hand or a desktop, and no network but the server.

/** The two widths that every page must fit. */
export const WIDTHS = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
};

/**
 * A context of that width, 'phone' or 'desktop', for that server; further `settings` are Playwright's.
 * What goes wrong in its pages is added to `complaints`.
 */
export async function openContext(browser, { width, server, complaints = [], ...settings }) {
  const phone = width === 'phone';
  const context = await browser.newContext({
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
  const known = [server.base, ...server.neighbours.map((neighbour) => neighbour.origin)];
  await context.route((url) => !known.includes(url.origin) && url.protocol.startsWith('http'), (route) => {
    complaints.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return context;
}

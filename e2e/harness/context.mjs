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
  // Listened to, not routed: a routed context has no cache, and takes a detour with everything it asks for.
  context.on('request', (request) => {
    if (leadsAway(request, server)) complaints.push(`asked for ${request.url()}`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return context;
}

/** Whether it leaves the server and its neighbours. What a neighbour's own page asks for is no concern of ours. */
function leadsAway(request, server) {
  const { origin, protocol } = new URL(request.url());
  if (!protocol.startsWith('http') || origin === server.base) return false;
  const asking = request.headers().referer;
  return !server.neighbours.some((neighbour) => neighbour.origin === origin || asking?.startsWith(`${neighbour.origin}/`));
}

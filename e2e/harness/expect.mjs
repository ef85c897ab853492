// What must hold for every page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe finds nothing to fix on the page, in its light and in its dark colours. */
export async function expectNoAxeViolations(page) {
  await dressed(page);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const violations = await axeViolations(page, colorScheme === 'light' ? EVERYTHING : COLOURS);
    assert.deepEqual(violations, [], `axe, ${colorScheme}, on ${page.url()}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Nothing sticks out to the right, so that a thumb scrolls in one direction only. */
export async function expectNoSidewaysScroll(page) {
  await dressed(page);
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    const all = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > limit + 1);
    return all.slice(0, 5).map((one) => one.cloneNode(false).outerHTML);
  });
  assert.deepEqual(wide, [], `wider than the screen on ${page.url()}`);
}

/** What a page says can be found before its style sheet has come; nobody sees it then, and nothing has its size. */
async function dressed(page) {
  await page.waitForLoadState('load');
}

const EVERYTHING = { rules: { 'target-size': { enabled: true } } };
const COLOURS = { runOnly: ['color-contrast'] };

async function axeViolations(page, options) {
  // Evaluated, not added as a <script>: the page's own content security policy stays as strict as it is.
  await page.evaluate(axeSource);
  return page.evaluate(async (options) => {
    const { violations } = await globalThis.axe.run(document, options);
    return violations.map(({ id, help, nodes }) => ({ id, help, places: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)) }));
  }, options);
}

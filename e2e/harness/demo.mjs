// The demo company: who can be chosen, and the pages worth a look.
import assert from 'node:assert/strict';

/** Opens the demo's first page and goes on as the first person of that role ('rep', 'leader', 'supply owner', 'admin'). */
export async function enterDemoAs(page, role) {
  await page.goto('/demo');
  const choices = page.getByRole('main').getByRole('button').filter({ hasText: new RegExp(`\\b${role}\\b`, 'i') });
  assert.ok((await choices.count()) > 0, `the demo offers nobody to be who is a ${role}`);
  await choices.first().click();
  await page.waitForLoadState('load');
}

/** Every main page, and how to reach it for someone who has come in. */
export const MAIN_PAGES = [
  { name: 'today', reach: (page) => page.goto('/today') },
  { name: 'case', reach: openFirstCase },
  { name: 'talk', reach: openFirstTalk },
  { name: 'promises', reach: (page) => page.goto('/promises') },
  { name: 'customers', reach: (page) => page.goto('/customers') },
  { name: 'import', reach: (page) => page.goto('/import') },
];

async function openFirstCase(page) {
  await page.goto('/today');
  await page.goto(await firstLink(page, /^\/cases\/[^/?#]+$/));
}

async function openFirstTalk(page) {
  await openFirstCase(page);
  await page.goto(await firstLink(page, /^\/cases\/[^/?#]+\/talk/));
}

async function firstLink(page, shape) {
  const links = await page.locator('a[href]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  const found = links.find((link) => shape.test(link));
  assert.ok(found, `no link like ${shape} on ${page.url()}`);
  return found;
}

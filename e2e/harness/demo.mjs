// The demo company: who can be chosen, and the pages worth a look.
import assert from 'node:assert/strict';

/** Opens the demo's first page and goes on as the person of that name. */
export async function enterDemoAs(page, name) {
  await page.goto('/demo');
  await page.getByRole('main').getByRole('button', { name }).click();
  await page.waitForURL((url) => url.pathname !== '/demo');
}

/** Every main page, who looks at it, and how to reach it for someone who has come in. */
export const MAIN_PAGES = [
  { name: 'demo', who: 'Jon Berg', reach: (page) => page.goto('/demo') },
  { name: 'today', who: 'Jon Berg', reach: (page) => page.goto('/today') },
  { name: 'case', who: 'Jon Berg', reach: openFirstCase },
  { name: 'case-told', who: 'Jon Berg', reach: openToldCase },
  { name: 'talk-tell', who: 'Jon Berg', reach: (page) => openFirstTalk(page, '1') },
  { name: 'talk-listen', who: 'Jon Berg', reach: (page) => openFirstTalk(page, '3') },
  { name: 'talk-new-promise', who: 'Jon Berg', reach: (page) => openFirstTalk(page, '6') },
  { name: 'after-call', who: 'Jon Berg', reach: (page) => openFirstTalk(page, 'after') },
  { name: 'told', who: 'Jon Berg', reach: (page) => openFirstTalk(page, 'after/spoke') },
  { name: 'promises', who: 'Jon Berg', reach: (page) => page.goto('/promises') },
  { name: 'promise', who: 'Jon Berg', reach: (page) => follow(page, '/promises', /^\/promises\/\d+$/) },
  { name: 'letter', who: 'Jon Berg', reach: writeAnUpdate },
  { name: 'quiet', who: 'Jon Berg', reach: (page) => page.goto('/today/quiet') },
  { name: 'customers', who: 'Jon Berg', reach: (page) => page.goto('/customers') },
  { name: 'customer', who: 'Jon Berg', reach: (page) => follow(page, '/customers', /^\/customers\/\d+$/) },
  { name: 'history', who: 'Jon Berg', reach: openHistory },
  { name: 'me-security', who: 'Jon Berg', reach: (page) => page.goto('/me/security') },
  { name: 'me-tokens', who: 'Jon Berg', reach: (page) => page.goto('/me/tokens') },
  { name: 'api', who: 'Jon Berg', reach: (page) => page.goto('/api') },
  { name: 'record', who: 'Jon Berg', reach: (page) => page.goto('/me/record') },
  { name: 'team', who: 'Kari Nilsen', reach: (page) => page.goto('/team') },
  { name: 'team-waits', who: 'Kari Nilsen', reach: (page) => page.goto('/team?waits=apart#heat') },
  { name: 'team-step-in', who: 'Kari Nilsen', reach: stepIn },
  { name: 'case-of-a-leader', who: 'Kari Nilsen', reach: openUntoldCase },
  { name: 'notices', who: 'Kari Nilsen', reach: (page) => page.goto('/notices') },
  { name: 'contacts', who: 'Rita Moen', reach: openContacts },
  { name: 'contact', who: 'Rita Moen', reach: openContact },
  { name: 'contact-erase', who: 'Rita Moen', reach: askToErase },
  { name: 'import', who: 'Rita Moen', reach: (page) => page.goto('/import') },
  { name: 'people', who: 'Rita Moen', reach: (page) => page.goto('/people') },
  { name: 'settings', who: 'Rita Moen', reach: (page) => page.goto('/settings') },
  ...['absences', 'calendars', 'policy', 'escalation', 'teams', 'reach', 'mail', 'chat', 'wording', 'webhooks', 'security'].map((section) => ({
    name: `settings-${section}`, who: 'Rita Moen', reach: (page) => page.goto(`/settings/${section}`),
  })),
  { name: 'settings-calendar', who: 'Rita Moen', reach: (page) => page.goto('/settings/calendars/company') },
];

/** Everybody who has pages among these. */
export const READERS = [...new Set(MAIN_PAGES.map(({ who }) => who))];

/** The address of the case of the first call on Today. */
export async function firstCase(page) {
  await page.goto('/today');
  return firstLink(page, /^\/cases\/[^/?#]+$/);
}

export async function openFirstCase(page) {
  await page.goto(await firstCase(page));
}

/** Goes to a case that has been told and waits for its next word. */
export async function openToldCase(page) {
  await page.goto('/today');
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: /Next words due/ }) });
  await section.locator('[data-row] h3 a').first().click();
  await page.getByRole('heading', { name: 'Recap for them' }).waitFor();
}

async function openHistory(page) {
  await openToldCase(page);
  await page.goto(`${new URL(page.url()).pathname}/history`);
}

async function openContacts(page) {
  await follow(page, '/customers', /^\/customers\/\d+$/);
  await page.goto(`${new URL(page.url()).pathname}/contacts`);
}

async function openContact(page) {
  await openContacts(page);
  await page.goto(await firstLink(page, /\/contacts\/record\?/));
}

async function askToErase(page) {
  await openContact(page);
  await page.locator('main summary', { hasText: /^Erase/ }).click();
  await page.getByLabel('Why', { exact: true }).fill('She asked us to.');
  await page.getByRole('button', { name: 'Show what will be erased' }).click();
  await page.getByRole('button', { name: 'Erase for good' }).waitFor();
}

async function writeAnUpdate(page) {
  await openToldCase(page);
  await page.getByRole('link', { name: 'Write it' }).first().click();
  await page.getByLabel('Words', { exact: true }).waitFor();
}

/** What a leader can do about the first customer on Team. */
async function stepIn(page) {
  await page.goto('/team');
  await page.locator('details.lead > summary').first().click();
}

async function openUntoldCase(page) {
  await page.goto('/team');
  await page.goto(await firstLink(page, /^\/cases\/[^/?#]+$/));
}

async function openFirstTalk(page, card) {
  await page.goto(`${await firstCase(page)}/talk/${card}`);
}

async function follow(page, list, shape) {
  await page.goto(list);
  await page.goto(await firstLink(page, shape));
}

async function firstLink(page, shape) {
  const links = await page.locator('main a[href]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  const found = links.find((link) => shape.test(link));
  assert.ok(found, `no link like ${shape} on ${page.url()}`);
  return found;
}

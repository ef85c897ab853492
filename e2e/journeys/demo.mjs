import assert from 'node:assert/strict';
import { MAIN_PAGES, READERS, enterDemoAs, firstCase } from '../harness/demo.mjs';
import { expectNoAxeViolations, expectNoSidewaysScroll } from '../harness/expect.mjs';
import { expectToRead } from '../harness/house.mjs';
import { journey } from '../harness/journey.mjs';
import { workingDay } from '../harness/report.mjs';

journey('the first page shows whom the demo can be seen as', { command: 'demo' }, async ({ page }) => {
  const answer = await page.goto('/');
  assert.equal(answer.status(), 200);
  assert.match(await page.title(), /Forewarn/);
  await page.getByRole('main').getByRole('button', { name: READERS[0] }).waitFor();
});

for (const reader of READERS) {
  journey(`every page of ${reader} can be read by everybody, and scrolls one way only`, { command: 'demo' }, async ({ page }) => {
    await enterDemoAs(page, reader);
    for (const { reach } of MAIN_PAGES.filter(({ who }) => who === reader)) {
      await reach(page);
      await page.getByRole('heading').first().waitFor();
      await page.evaluate(() => document.querySelectorAll('main details').forEach((fold) => (fold.open = true)));
      await expectNoSidewaysScroll(page);
      await expectNoAxeViolations(page);
    }
  });
}

journey('Today has something to do in each of its sections', { command: 'demo' }, async ({ page }) => {
  await enterDemoAs(page, 'Jon Berg');
  await page.goto('/today');
  for (const section of ['Call now', 'Call today', 'Waiting for facts', 'Next words due', 'Deliver & close']) {
    await page.getByRole('heading', { name: section }).waitFor();
  }
});

journey('the keyboard goes everywhere', { command: 'demo' }, async ({ page }) => {
  await enterDemoAs(page, 'Jon Berg');
  await page.goto('/today');
  const current = () => page.locator('[data-row][data-current] h3 a').innerText();
  await press(page, 'j');
  const first = await current();
  await press(page, 'j');
  assert.notEqual(await current(), first);
  await press(page, 'k');
  assert.equal(await current(), first);
  await press(page, 'Enter');
  await page.getByRole('heading', { name: first, level: 1 }).waitFor();
  await page.waitForLoadState();
  await press(page, '?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await press(page, 'Escape');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'hidden' });
  await press(page, 'g');
  await press(page, 't');
  await page.getByRole('heading', { name: /^Today/, level: 1 }).waitFor();
  await page.waitForLoadState();
  await press(page, '/');
  await page.keyboard.type('Halvorsen');
  await press(page, 'Enter');
  await expectToRead(page.getByRole('main'), 'Halvorsen Marine');
});

journey('a talk goes from the first word to told without JavaScript', { command: 'demo' }, async ({ page: scripted, context, server, width }) => {
  await scripted.close();
  const plain = await context.browser().newContext({ baseURL: server.base, javaScriptEnabled: false, viewport: { width: width === 'phone' ? 390 : 1280, height: 844 } });
  const page = await plain.newPage();
  await enterDemoAs(page, 'Jon Berg');
  const address = await firstCase(page);
  await page.goto(address);
  await page.getByRole('link', { name: 'Start the talk' }).click();
  for (const title of ['Tell', 'Why now', /^Listen/, 'Acknowledge', 'What we do']) {
    await page.getByRole('heading', { name: title, level: 2 }).first().waitFor();
    await page.locator('.thumb-next').click();
  }
  await page.getByLabel('A date', { exact: true }).check();
  await page.getByLabel('The date', { exact: true }).fill(workingDay(30));
  await page.locator('.thumb-next').click();
  await page.getByRole('heading', { name: 'Thank', level: 2 }).waitFor();
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('heading', { name: 'Next word', level: 2 }).waitFor();
  await page.locator('.thumb-next').click();
  await page.getByRole('button', { name: 'Spoke' }).click();
  assert.equal(await page.getByLabel('The date', { exact: true }).inputValue(), workingDay(30));
  await page.getByRole('button', { name: 'Keep: they have been told' }).click();
  await page.getByText(/^Told \d+ of \d+ lines?/).first().waitFor();
  await plain.close();
});

/** Presses a key. Where the key leads away from the page, Chromium may never say that it has taken it: what comes next shows whether it did. */
async function press(page, key) {
  await Promise.race([page.keyboard.press(key), new Promise((enough) => setTimeout(enough, 3_000))]);
}

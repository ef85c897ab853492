import assert from 'node:assert/strict';
import { enterDemoAs, firstCase } from '../harness/demo.mjs';
import { expectToRead, textOf } from '../harness/house.mjs';
import { journey } from '../harness/journey.mjs';
import { shown, workingDay } from '../harness/report.mjs';

const WORDS = 'Our boat sails on the ninth.';

journey('what is entered in a talk without a connection is kept, and sent once', { command: 'demo' }, async ({ page, context }) => {
  await enterDemoAs(page, 'Jon Berg');
  const address = await firstCase(page);
  await page.goto(address);
  const before = await record(page);
  await page.goto(`${address}/talk/1`);
  await page.waitForFunction(async () => navigator.serviceWorker.controller && (await (await caches.open('talk')).match('/offline')));

  await page.locator('.thumb-next').click();
  await page.getByRole('heading', { name: 'Why now' }).waitFor();
  await page.waitForLoadState();
  await page.waitForFunction(async (ahead) => navigator.serviceWorker.controller && (await (await caches.open('talk')).match(ahead)), `${address}/talk/3`);

  // The connection goes; the talk goes on.
  await context.setOffline(true);
  await page.locator('.thumb-next').click();
  await page.getByRole('heading', { name: /^Listen/ }).waitFor();
  await page.getByText('Upset', { exact: true }).click();
  await page.getByLabel('In their own words').fill(WORDS);
  await closeTab(page);
  const second = await context.newPage();
  await second.goto(`${address}/talk/3`);
  assert.equal(await second.getByLabel('In their own words').inputValue(), WORDS, 'a closed tab loses nothing');
  assert.ok(await second.getByLabel('Upset', { exact: true }).isChecked());
  await second.locator('.thumb-next').click();
  await second.getByRole('heading', { name: 'Acknowledge' }).waitFor();
  await second.locator('.kept').getByText('Kept on this device').waitFor();

  await second.goto(`${address}/talk/after`);
  await second.getByRole('button', { name: 'Spoke' }).click();
  await second.getByRole('heading', { name: /^What did .+ hear\?/ }).waitFor();
  await second.getByLabel('A date', { exact: true }).check();
  await second.getByLabel('The date', { exact: true }).fill(workingDay(30));
  await closeTab(second);
  const third = await context.newPage();
  await third.goto(`${address}/talk/after/spoke`);
  assert.equal(await third.getByLabel('The date', { exact: true }).inputValue(), workingDay(30));
  await third.getByRole('button', { name: 'Keep: they have been told' }).click();
  await third.getByRole('heading', { name: 'No connection' }).waitFor();
  await third.locator('.kept').getByText('Kept on this device').waitFor();

  // It is back: everything arrives, and once.
  await context.setOffline(false);
  await third.getByRole('heading', { name: 'Recap for them' }).waitFor();
  await third.waitForFunction(() => JSON.parse(localStorage.getItem('outbox') ?? '[]').length === 0);
  await third.goto(address);
  const after = await record(third);
  for (const [what, more] of [[/^Told /, 1], [/^Spoke /, 1], [new RegExp(WORDS), 1]]) {
    assert.equal(count(after, what) - count(before, what), more, `${what} in:\n${after.join('\n')}`);
  }
  await expectToRead(third.locator('#record'), shown(workingDay(30)));
  assert.ok(!(await textOf(third.locator('.kept'))).includes('Kept'), 'nothing waits any more');
});

/** As a person closes it: the page is left first, and what it has written goes out before its process ends. */
async function closeTab(page) {
  await page.goto('about:blank');
  await page.close();
}

/** The entries of the record, without the times. */
function record(page) {
  return page.locator('.timeline li p').allInnerTexts();
}

function count(entries, what) {
  return entries.filter((entry) => what.test(entry)).length;
}

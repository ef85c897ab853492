import assert from 'node:assert/strict';
import { enterDemoAs, firstCase, openToldCase } from '../harness/demo.mjs';
import { PASSWORD, expectToRead, setUp, textOf } from '../harness/house.mjs';
import { journey } from '../harness/journey.mjs';
import { report, workingDay } from '../harness/report.mjs';

journey('what would harm a customer is refused, with the reason and what was typed', { command: 'demo' }, async ({ page }) => {
  await enterDemoAs(page, 'Jon Berg');
  const address = await firstCase(page);
  const told = await tellings(page, address);

  // E-mail as the first word needs a reason.
  await page.goto(`${address}/talk/after/e-mail`);
  await page.getByLabel('In their own words').fill('They sail on the ninth.');
  await keepTelling(page);
  await page.getByText('To use e-mail first, say why').waitFor();
  assert.equal(await page.getByLabel('In their own words').inputValue(), 'They sail on the ninth.');

  // Nobody is promised a day that is gone.
  await page.goto(`${address}/talk/after/spoke`);
  await page.getByLabel('A date', { exact: true }).check();
  await page.getByLabel('The date', { exact: true }).fill(workingDay(-3));
  await keepTelling(page);
  await page.getByRole('alert').filter({ hasText: 'has already passed' }).waitFor();
  await page.waitForLoadState();
  assert.equal(await page.getByLabel('The date', { exact: true }).inputValue(), workingDay(-3));

  // No date is never without a next word.
  await page.getByLabel('No date yet: next word by', { exact: true }).check();
  await page.getByLabel('Next word by', { exact: true }).fill('');
  await page.getByLabel(/^You speak next/).fill('');
  await keepTelling(page);
  await page.getByRole('alert').filter({ hasText: /next word/i }).waitFor();
  assert.equal(await tellings(page, address), told, 'nothing of this was kept as told');

  // "Not now" says why, and until when.
  await page.goto('/today');
  await page.getByText('Not now…').first().click();
  await page.getByRole('button', { name: 'Keep this reason' }).first().click();
  assert.equal(new URL(page.url()).pathname, '/today', 'without a reason nothing is sent');
  await page.getByLabel('Someone else tells them', { exact: true }).first().check();
  await page.getByRole('button', { name: 'Keep this reason' }).first().click();
  await expectToRead(page.getByRole('main'), /who/i);

  // A case ends when everything has arrived, not before.
  await openToldCase(page);
  await expectToRead(page.getByRole('main'), 'The case can be closed when everything has arrived');
  const early = await page.request.post(`${page.url()}/closing`, { form: { temperature: 'calm' }, headers: { Accept: 'application/json' } });
  assert.equal(early.status(), 422);
  assert.match((await early.json()).detail, /have not arrived yet/);
});

journey('what belongs to others is not there', { command: 'demo' }, async ({ page }) => {
  await enterDemoAs(page, 'Emma Clarke');
  const hers = await firstCase(page);
  await enterDemoAs(page, 'Lars Haugen');
  assert.equal((await page.goto(hers)).status(), 404);
  await expectToRead(page.getByRole('main'), 'There is nothing here');
  assert.equal((await page.request.post(`${hers}/tellings`, { form: { how: 'spoke' } })).status(), 404);
});

journey('one call is kept once: from two tabs, and after going back', { command: 'demo' }, async ({ page, context }) => {
  await enterDemoAs(page, 'Jon Berg');
  const address = await firstCase(page);
  const told = await tellings(page, address);
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto(`${address}/talk/after/spoke`);
  for (const tab of [page, other]) {
    await keepTelling(tab);
    await tab.getByRole('heading', { name: 'Recap for them' }).waitFor();
  }
  assert.equal(await tellings(page, address), told + 1);

  await other.goBack();
  await keepTelling(other);
  await other.waitForURL((url) => url.pathname === address);
  const again = await tellings(page, address);
  assert.equal(again, told + 1);
});

journey('a file that is no report says so, and loses nothing', {}, async ({ page, context, server }) => {
  await setUp(page, server);
  const promised = workingDay(9);
  const good = report('open orders.csv', [{ order: '4471', customer: 'Halvorsen', item: 'Pump P200', promised, expected: promised }]);
  await give(page, good);
  await page.getByRole('button', { name: 'Yes, go on' }).click();
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await page.getByRole('button', { name: /^Import/ }).click();
  await page.getByRole('link', { name: 'See whom to call' }).waitFor();

  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==', 'base64');
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1528)]);
  for (const [name, buffer, why] of [
    ['empty.csv', Buffer.alloc(0), /Choose a file|empty/],
    ['blank.csv', Buffer.from('\r\n\r\n'), /empty|no row|nothing/i],
    ['photo.csv', png, /picture|not a|no report|image/i],
    ['old.xls', ole, /\.xlsx|password|older/i],
  ]) {
    await give(page, { name, mimeType: 'application/octet-stream', buffer });
    const alert = page.getByRole('alert').first();
    await alert.waitFor();
    await expectToRead(alert, why);
    assert.ok((await textOf(page.locator('h1'))).length > 0);
  }
  await page.goto('/promises');
  await expectToRead(page.getByRole('main'), '4471');

  // And nobody comes in with a wrong password.
  await context.clearCookies();
  await page.goto('/promises');
  await page.getByLabel('E-mail').fill('rita@norpump.example');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('E-mail').inputValue(), 'rita@norpump.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Promises', level: 1 }).waitFor();
});

async function give(page, file) {
  await page.goto('/import');
  await page.getByLabel('Drop your report here, or choose it').setInputFiles(file);
  await page.getByRole('button', { name: 'Read the file' }).click();
}

async function keepTelling(page) {
  await page.getByRole('button', { name: 'Keep: they have been told' }).click();
}

/** How many tellings the record of the case has. */
async function tellings(page, address) {
  await page.goto(address);
  return page.locator('.timeline li').filter({ hasText: /Told .+ Notice|Told .+ (by phone|in person|by e-mail)/ }).count();
}

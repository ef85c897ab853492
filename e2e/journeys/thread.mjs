import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { expectNoAxeViolations, expectNoSidewaysScroll } from '../harness/expect.mjs';
import { expectToRead, setUp, textOf, upload, uploadToCheck } from '../harness/house.mjs';
import { journey } from '../harness/journey.mjs';
import { report, shown, spelled, workingDay } from '../harness/report.mjs';

const [promised, slipped, agreed] = [workingDay(15), workingDay(25), workingDay(26)];
const HALVORSEN = { order: '4471', customer: 'Halvorsen Sjømat', item: 'Pump P200', promised, expected: promised };
const OSTSEE = { order: '5000', customer: 'Ostsee Wärme', contact: 'Katrin Kunze', item: 'Ventil 40', promised, expected: promised };

journey('an open-order report becomes a call, and the call a kept word', {}, async ({ page, server }) => {
  const link = await setUp(page, server);

  // The first report: nothing is late yet.
  const first = report('open orders.csv', [HALVORSEN, OSTSEE]);
  await page.getByLabel('Drop your report here, or choose it').setInputFiles(first);
  await page.getByLabel('When it was exported').fill(`${workingDay(-2)}T06:00`);
  await page.getByRole('button', { name: 'Read the file' }).click();
  await page.getByRole('button', { name: 'Yes, go on' }).waitFor();
  await expectToRead(page.getByRole('main'), 'row 4', 'Windows-1252', /semicolon/i, /day first/i, 'Nothing is saved yet');
  await expectReadable(page);
  await page.getByRole('button', { name: 'Yes, go on' }).click();
  assert.match(await chosen(page, 'Which date did you tell the customer?'), /^Promised date/);
  assert.match(await chosen(page, 'Which does the ERP believe now?'), /^Expected date/);
  await expectToRead(page.getByRole('main'), 'Halvorsen Sjømat', 'Ostsee Wärme');
  await expectReadable(page);
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await page.getByRole('button', { name: /^Import/ }).waitFor();
  await expectToRead(page.getByRole('main'), '2 added', 'No mail goes to any customer');
  await expectReadable(page);
  await page.getByRole('button', { name: /^Import/ }).click();
  await page.getByRole('link', { name: 'See whom to call' }).click();
  await page.getByText('Nobody is waiting to hear from you').waitFor();

  // The next day's: one date has moved. It is no news before the date is firm.
  await uploadToCheck(page, report('open orders.csv', [{ ...HALVORSEN, expected: slipped }, OSTSEE]), `${workingDay(-1)}T06:00`);
  await expectToRead(page.getByRole('main'), '1 moved', '1 unchanged');
  await page.getByRole('button', { name: /^Import/ }).click();
  await page.getByRole('link', { name: 'See whom to call' }).click();
  await expectToRead(section(page, 'Waiting for facts'), 'Halvorsen Sjømat');

  await page.goto('/promises');
  await page.getByRole('link', { name: /4471/ }).click();
  await page.getByText('I know more about this date').click();
  await page.getByText('Firm', { exact: true }).last().click();
  await page.getByLabel('Date, or the first day').fill(slipped);
  await page.getByLabel('Cause, for us only').fill('Müller lost our castings');
  await page.getByLabel('Cause, as the customer may hear it').fill('A casting did not pass our inspection.');
  await page.getByRole('button', { name: 'Keep this evidence' }).click();
  await page.getByText('only telling the customer changes it').waitFor();

  // Today: one call. Prepare it.
  await page.goto('/today');
  await expectToRead(page.getByRole('main'), '1 call, 1 line', 'Halvorsen Sjømat', /They can still act: \d+ days/, 'told 0/1');
  await page.getByRole('link', { name: 'Prepare' }).click();
  await expectToRead(page.getByRole('main'), `promised ${shown(promised)}, now ${shown(slipped)}`, 'Call Anna Halvorsen now');
  await page.getByText('Whose doing', { exact: true }).click();
  await page.getByText('Ours', { exact: true }).click();
  await page.getByRole('button', { name: 'Keep the answer' }).click();
  await page.getByText('What we do about it').click();
  await page.getByLabel('What, as the customer may hear it').fill('20 pumps go by air on Friday.');
  await page.getByLabel('Who sees to it (for us only)').fill('Ola');
  await page.getByLabel('By', { exact: true }).fill(workingDay(3));
  await page.getByRole('button', { name: 'Add the step' }).click();
  await page.locator('#actions .now').getByText('20 pumps go by air').waitFor();

  // The talk, beat by beat.
  await page.getByRole('link', { name: 'Start the talk' }).click();
  await beat(page, 'Tell', 'Stop talking');
  assert.ok(!(await textOf(page.getByRole('main'))).includes('Müller'), 'what is for us only is never on a card');
  await turn(page);
  await beat(page, 'Why now');
  await turn(page);
  await beat(page, 'Listen.');
  await page.getByText('Upset', { exact: true }).click();
  await page.getByLabel('In their own words').fill('Our boat sails on the ninth.');
  await turn(page);
  await beat(page, 'Acknowledge', 'Our boat sails on the ninth.');
  await page.getByText('I read back their concern').click();
  await turn(page);
  await beat(page, 'What we do', '20 pumps go by air');
  await turn(page);
  await beat(page, 'New promise');
  await page.getByLabel('A date').check();
  await page.getByLabel('The date', { exact: true }).fill(agreed);
  await page.getByRole('group', { name: 'They said it back right' }).getByText('Yes').click();
  await page.getByRole('group', { name: 'They agree' }).getByText('Yes').click();
  await turn(page);
  await beat(page, 'Thank');
  await turn(page);
  await beat(page, 'Next word');
  await page.getByLabel(/You will call/).fill(`${workingDay(4)}T10:00`);
  await turn(page);

  // After the call: what was said is the promise from here on.
  await page.getByRole('button', { name: 'Spoke' }).click();
  await page.getByRole('heading', { name: 'What did Anna Halvorsen hear?' }).waitFor();
  assert.equal(await page.getByLabel('The date', { exact: true }).inputValue(), agreed, 'the sheet is filled in from the talk');
  await page.getByRole('group', { name: 'How are they now?' }).getByText('Concerned').click();
  await page.getByRole('button', { name: 'Keep: they have been told' }).click();
  await page.getByText(/Told 1 of 1 line/).waitFor();
  const address = new URL(page.url()).pathname;

  const kept = page.getByRole('main');
  await expectToRead(kept, `${shown(agreed)} instead of ${shown(promised)}`, `${shown(workingDay(4))} 10:00`);
  const recap = await page.locator('#recap').getByLabel('Words').inputValue();
  for (const said of ['Dear Anna', '4471', '20 pumps go by air on Friday', spelled(agreed)]) assert.ok(recap.includes(said), `“${said}” in: ${recap}`);
  assert.ok(!recap.includes('Müller'), 'the recap has nothing that is for us only');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '.ics', exact: true }).click()]);
  const calendar = readFileSync(await file.path(), 'utf8');
  assert.match(calendar, /^BEGIN:VCALENDAR\r\n[^]*DTSTART[^]*Halvorsen Sjømat[^]*END:VCALENDAR\r\n$/);
  await page.goto('/today');
  await expectToRead(section(page, 'Next words due'), 'Halvorsen Sjømat', 'told 1/1');

  // It arrives, they know, and it is business as usual again.
  const arrived = { ...HALVORSEN, expected: slipped, delivered: workingDay(0) };
  await upload(page, report('open orders.csv', [arrived, OSTSEE]));
  await expectToRead(page.getByRole('main'), '1 delivered');
  await page.goto('/today');
  await expectToRead(section(page, 'Deliver & close'), 'Halvorsen Sjømat');
  await page.goto(address);
  await page.getByRole('button', { name: 'They know it arrived' }).click();
  await page.locator('#arrivals').getByText('and they know').waitFor();
  await page.getByText('I gave it…').click();
  await page.getByRole('group', { name: 'How', exact: true }).getByText('Spoke').click();
  await page.getByLabel('And the next word after that').fill('');
  await page.getByRole('button', { name: 'Word kept' }).click();
  await page.locator('#next-words').getByText('kept', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Back to business as usual' }).click();
  await page.getByRole('group', { name: 'How are they now?' }).getByText('Calm').click();
  await page.getByLabel('What we changed').fill('Castings are inspected at the foundry.');
  await page.getByRole('button', { name: 'Close the case' }).click();
  await page.getByText(/^Closed .+: back to business as usual/).first().waitFor();
  await page.goto('/today');
  await page.getByText('Nobody is waiting to hear from you').waitFor();

  // The record says it all, and the link of the first start is spent.
  await page.goto(address);
  await page.getByText(/^Before that: \d+ more/).click();
  const record = await textOf(page.locator('#record'));
  for (const fact of ['Known', 'Firm', 'Told', 'fact wait', 'tell wait', 'Became news', 'Spoke (Anna Halvorsen)', 'Told Anna Halvorsen by phone', 'Next word kept in time', 'Castings are inspected']) {
    assert.ok(record.includes(fact), `“${fact}” in the record: ${record}`);
  }
  await page.getByRole('link', { name: '4471 / 10' }).click();
  await page.getByRole('heading', { name: 'Evidence' }).waitFor();
  await expectToRead(page.getByRole('main'), `First promised ${shown(promised)}`, shown(agreed));
  assert.equal((await page.goto(link)).status(), 404);
});

async function expectReadable(page) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
}

function section(page, name) {
  return page.locator('section').filter({ has: page.getByRole('heading', { name }) });
}

async function beat(page, title, ...wanted) {
  await page.getByRole('heading', { name: title, level: 2 }).first().waitFor();
  await expectToRead(page.getByRole('main'), ...wanted);
}

async function turn(page) {
  await page.locator('.thumb-next').click();
}

function chosen(page, label) {
  return page.getByLabel(label).evaluate((select) => select.selectedOptions[0].textContent.trim());
}

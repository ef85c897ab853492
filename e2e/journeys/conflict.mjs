import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setUp, textOf } from '../harness/house.mjs';
import { journey } from '../harness/journey.mjs';
import { report, shown, workingDay } from '../harness/report.mjs';

const [promised, first, second] = [workingDay(4), workingDay(14), workingDay(19)];

journey('facts that move during a call are shown, and what was said stands', {}, async ({ page, server }) => {
  await setUp(page, server);
  importing(server, promised, `${workingDay(-2)}T06:00`);
  importing(server, first, `${workingDay(-1)}T06:00`);
  await page.goto('/today');
  await page.getByRole('link', { name: /Prepare|Open/ }).first().click();
  await page.getByRole('link', { name: /Start the talk|Tell them already/ }).click();
  const address = new URL(page.url()).pathname.replace(/\/talk.*/, '');
  await page.locator('.thumb-next').click();
  await page.getByRole('heading', { name: 'Why now' }).waitFor();

  // The ERP moves while they speak; the open page says so by itself.
  importing(server, second);
  const said = `ERP now says ${shown(second)} for 4471 / 10; you have said ${shown(first)}`;
  await page.getByText(said).waitFor();

  // What is said stays what was meant to be said.
  await page.goto(`${address}/talk/after/spoke`);
  await page.getByText(said).waitFor();
  await page.getByLabel('A date', { exact: true }).check();
  await page.getByLabel('The date', { exact: true }).fill(first);
  await page.getByRole('button', { name: 'Keep: they have been told' }).click();
  await page.getByText(/Told 1 of 1 line/).waitFor();
  const facts = await textOf(page.locator('#lines'));
  for (const one of [`First promised ${shown(promised)}`, `Promised ${shown(first)}`, `Expected ${shown(second)}`]) {
    assert.ok(facts.includes(one), `“${one}” in: ${facts}`);
  }
});

function importing(server, expected, asOf) {
  const { name, buffer } = report('open orders.csv', [{ order: '4471', customer: 'Halvorsen', item: 'Pump P200', promised, expected }]);
  const path = join(server.folder, name);
  writeFileSync(path, buffer);
  server.run('import', path, ...(asOf ? ['--as-of', asOf] : []));
}

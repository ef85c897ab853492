import assert from 'node:assert/strict';
import { enterDemoAs } from '../harness/demo.mjs';
import { expectNoAxeViolations, expectNoSidewaysScroll } from '../harness/expect.mjs';
import { expectToRead, setUp, textOf } from '../harness/house.mjs';
import { journey } from '../harness/journey.mjs';
import { startMail } from '../harness/mail.mjs';
import { workingDay } from '../harness/report.mjs';

journey('each setting says what it does, is changed, and is undone', { command: 'demo' }, async ({ page }) => {
  await enterDemoAs(page, 'Rita Moen');
  const main = page.getByRole('main');

  await changeAndUndo(page, '/settings/policy', async () => {
    await page.getByLabel('Tolerance, working days').fill('3');
    await page.getByRole('button', { name: 'Show what it does' }).click();
    await page.getByText('Nothing is kept yet: this is what it would do.').waitFor();
    await keep(page);
  });

  await changeAndUndo(page, '/settings/escalation', async () => {
    await page.getByRole('group', { name: 'To leaders, once a week' }).getByText('Don’t').click();
    await page.getByRole('group', { name: 'Mail and chat outside' }).getByText('Only when it is hot').click();
    await keep(page);
  });

  await changeAndUndo(page, '/settings/absences', async () => {
    const add = page.locator('#add');
    await add.getByLabel('Who', { exact: true }).selectOption({ label: 'Emma Clarke' });
    await add.getByLabel('First day away').fill(workingDay(4));
    await add.getByLabel('Last day away').fill(workingDay(6));
    await add.getByLabel('Who stands in').selectOption({ label: 'Sofie Andersen' });
    await add.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('heading', { name: 'Emma Clarke' }).waitFor();
  });

  await changeAndUndo(page, '/settings/teams', async () => {
    await page.getByText('Change Everyone').click();
    const form = page.locator('form').filter({ has: page.getByLabel('Team above') }).filter({ hasNot: page.getByRole('heading', { name: 'Add a team' }) }).last();
    await form.getByLabel('Team above').selectOption({ label: 'Continent and overseas' });
    await form.getByRole('button', { name: 'Keep' }).click();
  });

  await changeAndUndo(page, '/settings/calendars/company', async () => {
    const add = page.getByRole('form', { name: 'Add days off' });
    await add.getByLabel('First day', { exact: true }).fill(workingDay(5));
    await add.getByLabel('What it is called').fill('Stocktaking');
    await add.getByRole('button', { name: 'Add' }).click();
    await page.getByText('Stocktaking').first().waitFor();
  });

  for (const [path, wanted] of [
    ['/settings', 'Absences'],
    ['/settings/reach', 'KUNZE'],
    ['/settings/calendars', 'Norpump AS'],
    ['/settings/wording', 'blame'],
  ]) {
    await page.goto(path);
    await expectToRead(main, wanted);
  }
});

journey('mail and chat are set up, tried, and forgotten', {}, async ({ page, server }) => {
  const mail = await startMail();
  try {
    await setUp(page, server);
    await page.goto('/settings/mail');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByText('Say which server takes your mail').waitFor();
    await expectReadable(page);

    await page.goto('/settings/chat');
    await page.getByText('Set it up').first().click();
    const form = page.locator('form').filter({ has: page.getByLabel('Kind') }).first();
    await form.getByLabel('Kind').selectOption({ label: 'Mattermost' });
    await form.getByLabel(/^Address of the incoming webhook/).fill(`http://127.0.0.1:${mail.smtpPort}/hooks/sales`);
    await form.getByRole('button', { name: 'Keep' }).click();
    await page.getByText('Kept: notices are posted there from now on.').waitFor();
    assert.ok(!(await textOf(page.getByRole('main'))).includes('/hooks/'), 'the address is a secret');
    await page.getByRole('button', { name: /^Post a test/ }).first().click();
    await page.getByText(/inside of a private network/).waitFor({ timeout: 20_000 });
    await expectReadable(page);
    await page.getByRole('button', { name: /^Forget/ }).first().click();
    await page.getByText('Forgotten: nothing is posted there any more.').waitFor();
  } finally {
    mail.stop();
  }
});

/** After a change the page is another; undone, it is as it was. */
async function changeAndUndo(page, path, change) {
  await page.goto(path);
  const before = await fields(page);
  await change();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await expectReadable(page);
  assert.notDeepEqual(await fields(page), before, `${path} has changed`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone: it is as it was before.').waitFor();
  assert.deepEqual(await fields(page), before, `${path} is as it was`);
}

async function keep(page) {
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
}

/** All that is shown and chosen on a page. */
async function fields(page) {
  const values = await page.locator('main').locator('input:not([type=hidden]), select').evaluateAll((all) =>
    all.map((one) => [one.name, ['checkbox', 'radio'].includes(one.type) ? one.checked : one.value]));
  return [await page.locator('main h3, main .days-off li').allTextContents(), values];
}

async function expectReadable(page) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
}

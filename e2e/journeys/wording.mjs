import assert from 'node:assert/strict';
import { enterDemoAs, openFirstCase, openToldCase } from '../harness/demo.mjs';
import { expectNoAxeViolations, expectNoSidewaysScroll } from '../harness/expect.mjs';
import { journey } from '../harness/journey.mjs';

const IN_TROUBLE = 'Unfortunately our warehouse messed up again and purchasing never told us, we are so so sorry for any inconvenience, it should ship soon';

journey('a rep in trouble sees at one glance what to say instead', { command: 'demo' }, async ({ page }) => {
  await enterDemoAs(page, 'Jon Berg');
  await openToldCase(page);
  const recap = page.locator('#recap');
  const words = recap.getByLabel('Words', { exact: true });
  assert.equal(await recap.locator('.remark').count(), 0, 'what Forewarn composes has nothing to mend');
  await words.fill(IN_TROUBLE);

  const say = recap.locator('.remark-say');
  await say.waitFor();
  const instead = await say.locator('.spoken').innerText();
  assert.match(instead, /(Mon|Tues|Wednes|Thurs|Fri)day \d+ \w+|no date/, `the date of the case: ${instead}`);
  assert.ok((await recap.locator('mark').count()) >= 3, 'the words are marked');
  await recap.getByText('Not in it yet', { exact: true }).waitFor();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);

  await say.getByRole('button', { name: 'Say it this way' }).click();
  await recap.locator('.remark').first().waitFor({ state: 'detached' });
  assert.equal(await words.inputValue(), instead);
  assert.match(decodeURIComponent(await recap.locator('[data-mail]').getAttribute('href')), new RegExp(instead.slice(0, 20)));
  await words.press('Control+z');
  assert.equal(await words.inputValue(), IN_TROUBLE, 'undo takes it back');
});

journey('a finding is kept because, and stays away', { command: 'demo' }, async ({ page }) => {
  await enterDemoAs(page, 'Jon Berg');
  await openFirstCase(page);
  await page.locator('#cause > summary').click();
  const cause = page.locator('#cause');
  const field = cause.getByLabel('For the customer');
  await field.fill('Sorry for any trouble with the seals');
  await cause.getByText('Keep it, because').first().click();
  await cause.getByLabel('Why it stays').first().fill('Their own words');
  await cause.getByRole('button', { name: 'Keep it' }).first().click();
  await cause.locator('.remark').waitFor({ state: 'detached' });
  await field.fill('');
  await field.pressSequentially('Sorry for any trouble with the seals');
  await page.waitForTimeout(800);
  assert.equal(await cause.locator('.remark').count(), 0);
});

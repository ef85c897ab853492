import assert from 'node:assert/strict';
import { expectNoAxeViolations, expectNoSidewaysScroll } from '../harness/expect.mjs';
import { journey } from '../harness/journey.mjs';

journey('whoever starts the demo is greeted by a page that can be read', { command: 'demo' }, async ({ page }) => {
  const answer = await page.goto('/');
  assert.equal(answer.status(), 200);
  assert.match(await page.title(), /Forewarn/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
});

import assert from 'node:assert/strict';
import { expectNoAxeViolations, expectNoSidewaysScroll } from '../harness/expect.mjs';
import { expectToRead, setUp, setUpMail, textOf, upload } from '../harness/house.mjs';
import { journey } from '../harness/journey.mjs';
import { bounceOf, startMail } from '../harness/mail.mjs';
import { report, workingDay } from '../harness/report.mjs';

const [promised, slipped] = [workingDay(15), workingDay(25)];
const HALVORSEN = { order: '4471', customer: 'Halvorsen Sjømat', item: 'Pump P200', promised, expected: promised, owner: 'rita@norpump.example' };
const KIEL = { ...HALVORSEN, order: '5000', customer: 'Kiel Yard', contact: 'Katrin Kunze', email: 'katrin@kiel.example' };

journey('a recap leaves once, after ten seconds to think; what does not arrive comes back to its owner', {}, async ({ page, server }) => {
  const mail = await startMail({ refuses: (address) => (address.endsWith('@kiel.example') ? '550 5.7.1 not from you' : null) });
  try {
    await setUp(page, server);
    await setUpMail(page, mail);
    await page.getByRole('button', { name: 'Send a test letter' }).click();
    await page.locator('#trial').getByText('took the test mail to rita@norpump.example').waitFor({ timeout: 30_000 });
    await expectReadable(page);
    mail.taken.length = 0;

    await upload(page, report('one.csv', [HALVORSEN, KIEL]), `${workingDay(-3)}T06:00`);
    for (const day of [-2, -1]) await upload(page, report('two.csv', [HALVORSEN, KIEL].map((line) => ({ ...line, expected: slipped }))), `${workingDay(day)}T06:00`);
    const halvorsen = await tell(page, 'Halvorsen Sjømat');

    // Sent, thought better of, and sent again.
    await page.locator('#recap').getByRole('button', { name: 'Send' }).click();
    await page.locator('#letters').getByText('leaves in a moment', { exact: true }).waitFor();
    await expectReadable(page);
    await page.locator('#letters').getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back. Nothing has left.').waitFor();
    const words = page.getByLabel('Words', { exact: true });
    await words.fill(`${await words.inputValue()}\nPS: The dock is booked.`);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('#letters').getByText('sent', { exact: true }).waitFor({ timeout: 30_000 });
    const [letter, ...others] = mail.taken;
    assert.deepEqual([letter.to, others.length], ['anna@halvorsen.example', 0], 'one letter, to one address');
    assert.match(letter.text, /PS: The dock is booked\./);
    await page.locator('#letters').getByRole('link', { name: 'Recap' }).first().click();
    await expectToRead(page.getByRole('main'), 'Our mail server took it', 'As it was approved', 'PS: The dock is booked.');
    await expectReadable(page);

    // Refused at once: whoever owns it hears of it, with what to do.
    await tell(page, 'Kiel Yard');
    await page.locator('#recap').getByRole('button', { name: 'Send' }).click();
    await page.locator('#letters').getByText('refused', { exact: true }).waitFor({ timeout: 30_000 });
    await expectToRead(page.locator('#letters'), '550 5.7.1 not from you', 'Correct and send again');
    await expectReadable(page);

    // And what was taken may still come back.
    mail.inbox.push(bounceOf(letter, '550 5.1.1 no such user'));
    await page.goto(halvorsen);
    await page.locator('#letters').getByText('came back', { exact: true }).waitFor({ timeout: 45_000 });
    await expectToRead(page.locator('#letters'), '550 5.1.1 no such user', 'They have not got it');
    await page.goto('/notices');
    await expectToRead(page.getByRole('main'), 'Halvorsen Sjømat: the recap came back', 'Kiel Yard: the mail server refused the recap');
    await expectReadable(page);
    assert.ok(!(await textOf(page.getByRole('main'))).includes('we can’t tell'));
    assert.equal(mail.taken.filter(({ to }) => to === 'anna@halvorsen.example').length, 1);
  } finally {
    mail.stop();
  }
});

/** They are told by phone; gives the address of the case, which is open then. */
async function tell(page, customer) {
  await page.goto('/today');
  await page.getByRole('link', { name: customer, exact: true }).first().click();
  await page.getByRole('heading', { name: customer, level: 1 }).waitFor();
  const address = new URL(page.url()).pathname;
  await page.goto(`${address}/talk/after/spoke`);
  await page.getByRole('button', { name: 'Keep: they have been told' }).click();
  await page.getByRole('heading', { name: 'Recap for them' }).waitFor();
  return address;
}

async function expectReadable(page) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
}

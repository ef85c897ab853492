import assert from 'node:assert/strict';
import { openContext } from '../harness/context.mjs';
import { expectNoAxeViolations, expectNoSidewaysScroll } from '../harness/expect.mjs';
import { addPerson, comeIn, expectToRead, setUpMail, textOf, upload } from '../harness/house.mjs';
import { journey } from '../harness/journey.mjs';
import { startMail } from '../harness/mail.mjs';
import { report, workingDay } from '../harness/report.mjs';

const [promised, slipped] = [workingDay(15), workingDay(25)];
const LINE = { order: '4471', customer: 'Halvorsen Sjømat', item: 'Pump P200', promised, expected: promised, owner: 'jon@norpump.example' };
const PEOPLE = { rita: ['Rita Moen', 'admin'], kari: ['Kari Nilsen', 'leader'], jon: ['Jon Berg', 'rep'], ida: ['Ida Lund', 'rep'] };

const links = new Map();
const prepare = (server) => {
  for (const [who, [name, role]] of Object.entries(PEOPLE)) links.set(`${server.folder} ${who}`, addPerson(server, `${who}@norpump.example`, name, role));
};

journey('a leader asks, takes over, gives on, and looks whether it was said', { prepare }, async ({ page: rita, context, server, width }) => {
  const mail = await startMail();
  const contexts = [];
  const browserOf = async () => {
    const own = await openContext(context.browser(), { width, server });
    contexts.push(own);
    return own.newPage();
  };
  const person = async (who, page) => {
    const theirs = page ?? (await browserOf());
    await comeIn(theirs, links.get(`${server.folder} ${who}`));
    return theirs;
  };
  try {
    // The owner hears of news at once, whatever the hour.
    await person('rita', rita);
    await setUpMail(rita, mail);
    await rita.goto('/settings/escalation');
    await rita.getByText('At any time', { exact: true }).click();
    await rita.getByLabel('Telling the customer, step 1: when').selectOption('at-once');
    await rita.getByRole('button', { name: 'Keep', exact: true }).click();
    await rita.getByText(/^Kept: /).first().waitFor();
    await upload(rita, report('one.csv', [LINE]), `${workingDay(-3)}T06:00`);
    for (const day of [-2, -1]) await upload(rita, report('two.csv', [{ ...LINE, expected: slipped }]), `${workingDay(day)}T06:00`);

    // One tap from the mail, without signing in: the link shows, the button acts, once.
    const letter = await mailTo(mail, 'jon@norpump.example', /tell them by|still not told/);
    const link = new URL(letter.text.replace(/=\r\n/g, '').match(/http\S+\/n\/\S+/)[0]).pathname;
    const phone = await browserOf();
    await phone.goto(link);
    await expectToRead(phone.getByRole('main'), 'Halvorsen Sjømat: ', 'For Jon Berg');
    await expectReadable(phone);
    await phone.getByRole('button', { name: 'I’m on it' }).click();
    await phone.getByRole('heading', { name: /^You are on it until/ }).waitFor();
    await phone.goto(link);
    assert.equal(await phone.getByRole('button', { name: 'I’m on it' }).count(), 0, 'once');

    // The leader asks; the rep hears of it, and answers.
    const kari = await person('kari');
    await kari.goto('/team');
    await expectToRead(kari.getByRole('main'), 'Halvorsen Sjømat', 'Jon Berg sees to it until');
    await kari.getByText('Step in').click();
    await kari.getByLabel('Ask Jon').fill('What do you need to make this call?');
    await expectReadable(kari);
    await kari.getByRole('button', { name: 'Ask Jon' }).click();
    await kari.getByText(/No answer yet/).waitFor();
    const asked = await mailTo(mail, 'jon@norpump.example', /Kari Nilsen/);
    assert.match(asked.text, /\/n\//);
    const jon = await person('jon');
    await jon.goto('/notices');
    await expectToRead(jon.getByRole('main'), 'Halvorsen Sjømat', 'Kari Nilsen');
    await expectReadable(jon);
    await jon.getByRole('link', { name: 'Open the case' }).first().click();
    await jon.locator('#ask').getByPlaceholder('What you need').fill('A firm date from the foundry.');
    await jon.getByRole('button', { name: 'Answer' }).click();
    await jon.getByText('A firm date from the foundry.').first().waitFor();
    await kari.goto('/team');
    await expectToRead(kari.getByRole('main'), '“A firm date from the foundry.”');

    // She takes it over, and gives it to somebody else.
    await kari.getByText('Step in').click();
    await kari.getByRole('button', { name: 'Take it over' }).click();
    await expectToRead(kari.locator('#untold tbody'), 'Kari Nilsen');
    await kari.getByText('Step in').click();
    await kari.getByLabel('Give it to').selectOption({ label: 'Ida Lund' });
    await kari.getByLabel('Why', { exact: true }).first().fill('Ida knows the yard.');
    await kari.getByRole('button', { name: 'Reassign' }).click();
    await expectToRead(kari.locator('#untold tbody'), 'Ida Lund');
    assert.ok((await mailTo(mail, 'ida@norpump.example', /Halvorsen/)).text.includes('/n/'));

    // It is told; somebody looks whether it was said as it stands there.
    const ida = await person('ida');
    await ida.goto('/today');
    await ida.getByRole('link', { name: 'Halvorsen Sjømat', exact: true }).first().click();
    await ida.getByRole('heading', { name: 'Halvorsen Sjømat', level: 1 }).waitFor();
    await ida.goto(`${new URL(ida.url()).pathname}/talk/after/spoke`);
    await ida.getByRole('button', { name: 'Keep: they have been told' }).click();
    await ida.getByRole('heading', { name: 'Recap for them' }).waitFor();
    await kari.goto('/team');
    await kari.getByText('Nothing known is untold').waitFor();
    await kari.getByText(/^Note what you heard/).click();
    const checks = kari.locator('#spot-checks');
    await checks.getByText('Anna Halvorsen', { exact: true }).click();
    await checks.getByText('As recorded', { exact: true }).click();
    await checks.getByLabel('In a few words').fill('She has the new date in her plan.');
    await expectReadable(kari);
    await checks.getByRole('button', { name: 'Keep it' }).click();
    await kari.getByRole('heading', { name: 'Looked at' }).waitFor();
    await expectToRead(checks, 'She has the new date in her plan.');
    await ida.goto('/me/record');
    assert.match(await textOf(ida.getByRole('main')), /She has the new date in her plan\./, 'a rep sees what the leader sees');
  } finally {
    for (const own of contexts) await own.close();
    mail.stop();
  }
});

/** Waits for a mail to this address that says so. */
async function mailTo(mail, to, says) {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = mail.taken.find((letter) => letter.to === to && says.test(letter.text.replace(/=\r\n/g, '')));
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no mail to ${to} says ${says}; there are ${mail.taken.map((letter) => letter.text).join('\n---\n')}`);
}

async function expectReadable(page) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
}

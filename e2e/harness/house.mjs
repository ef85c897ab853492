// A company that has just been set up, and what its people do again and again.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

export const PASSWORD = 'a sentence is a good password';

const PATIENCE_MS = 5_000;

/** The way that the first start prints: from the log to the admin, who is signed in afterwards. */
export async function setUp(page, server) {
  const link = server.log.match(/\/setup\/[0-9a-f]+/)?.[0];
  assert.ok(link, `the first start prints a link to set it up. It wrote:\n${server.log}`);
  await page.goto(link);
  await page.getByLabel('Your name').fill('Rita Moen');
  await page.getByLabel('E-mail').fill('rita@norpump.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Company, as your customers know it').fill('Nørpump');
  await page.getByLabel('Time zone').fill('Europe/Oslo');
  await page.getByRole('button', { name: 'Create the admin' }).click();
  await page.getByRole('heading', { name: 'Import', level: 1 }).waitFor();
  return link;
}

/** Adds somebody while the server stands still; gives the link with which they choose a password. */
export function addPerson(server, email, name, role) {
  return server.run('people', 'add', email, '--name', name, '--role', role).match(/\/password\/\S+/)[0];
}

/** Somebody chooses a password, and is signed in. */
export async function comeIn(page, link) {
  await page.goto(link);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Keep it and sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/password'));
}

/** An admin has letters and notices leave through this mail server. */
export async function setUpMail(page, mail) {
  await page.goto('/settings/mail');
  const smtp = page.getByRole('region', { name: 'The server that takes mail (SMTP)' });
  const imap = page.getByRole('region', { name: 'The mailbox that replies come to (IMAP)' });
  await page.getByLabel('Address', { exact: true }).fill('orders@norpump.example');
  await smtp.getByLabel('Server').fill('127.0.0.1');
  await smtp.getByLabel('Port').fill(String(mail.smtpPort));
  await smtp.getByLabel('Protection').selectOption('plain');
  await imap.getByLabel('Server').fill('127.0.0.1');
  await imap.getByLabel('Port').fill(String(mail.imapPort));
  await imap.getByLabel('User name').fill('orders');
  await imap.getByLabel('Password').fill('open sesame');
  await imap.getByLabel('Protection').selectOption('plain');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('heading', { name: 'Try it' }).waitFor();
}

/** Uploads a report and says yes to what is found in it, up to the check. */
export async function uploadToCheck(page, file, asOf = '') {
  await page.goto('/import');
  await page.getByLabel('Drop your report here, or choose it').setInputFiles(file);
  if (asOf) await page.getByLabel('When it was exported').fill(asOf);
  await page.getByRole('button', { name: 'Read the file' }).click();
  await page.getByRole('button', { name: 'Yes, go on' }).click();
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await page.getByRole('group', { name: 'Is this report full or partial?' }).waitFor();
}

/** Uploads a report, and imports it. */
export async function upload(page, file, asOf = '') {
  await uploadToCheck(page, file, asOf);
  await page.getByRole('button', { name: /^Import/ }).click();
  await page.getByRole('link', { name: 'See whom to call' }).waitFor();
}

/** What stands on the page, with single spaces. */
export async function textOf(place) {
  return (await place.innerText()).replace(/\s+/g, ' ');
}

/** All of these can be read there, at once or in a moment: a page may be on its way still. */
export async function expectToRead(place, ...wanted) {
  const missing = (text) => wanted.filter((one) => !(one instanceof RegExp ? one.test(text) : text.includes(one)));
  const deadline = performance.now() + PATIENCE_MS;
  let text = await textOf(place);
  while (missing(text).length > 0 && performance.now() < deadline) {
    await pause(100);
    text = await textOf(place);
  }
  for (const one of missing(text)) assert.fail(`“${one}” is not to be read in:\n${text}`);
}

import assert from 'node:assert/strict';
import { setUp, upload } from '../harness/house.mjs';
import { journey } from '../harness/journey.mjs';
import { PAYLOADS, readPage, watchForPayloads } from '../harness/payloads.mjs';
import { workingDay } from '../harness/report.mjs';

const HEADINGS = ['Order', 'Line', 'Customer', 'Owner', 'Contact', 'Phone', 'Email', 'Item', 'Description', 'Unit', 'Promised date', 'Expected date'];
/** The columns that are read on the pages. The address for mail is only written to. */
const TEXTS = ['Order', 'Customer', 'Contact', 'Phone', 'Item', 'Description'];

// What is text is so at any width: each of these long walks is made once.
journey('whatever stands in a report is text, on every page', { widths: ['phone'] }, async ({ page, context, server }) => {
  const complaints = [];
  await watchForPayloads(context, complaints);
  await setUp(page, server);
  await upload(page, hostileReport());
  const pages = await openEverything(page, complaints);
  assert.deepEqual(complaints, []);
  const read = [...pages.values()].map(plain).join('\n');
  const unread = PAYLOADS.filter((payload) => !read.includes(plain(payload)));
  assert.deepEqual(unread, [], 'not to be read anywhere as it was in the file');
});

journey('whatever is typed is text, on the next page and on every other', { widths: ['desktop'] }, async ({ page, context, server }) => {
  const complaints = [];
  await watchForPayloads(context, complaints);
  await setUp(page, server);
  await upload(page, plainReport());
  await page.goto('/today');
  const aCase = await page.locator('main a[href^="/cases/"]').first().getAttribute('href');
  let next = 0;
  const payload = () => PAYLOADS[next++ % PAYLOADS.length];
  const promise = '/promises/1';
  const typed = new Set();
  for (const place of [aCase.split('#')[0], `${aCase.split('#')[0]}/talk/3`, promise, '/customers/1', '/people', '/team',
    '/settings/teams', '/settings/chat', '/settings/mail', '/settings/calendars/company', '/settings/absences', '/settings/policy', '/settings/webhooks', '/me/tokens', '/customers/1/contacts', '/import', '/promises']) {
    for (const text of await fillEveryForm(page, place, payload, complaints)) typed.add(text);
  }
  assert.ok(typed.size >= 40, `typed ${typed.size} different ones`);
  await typeIntoTheCase(page, aCase.split('#')[0], complaints);
  await aCalendar(page, complaints);
  await openEverything(page, complaints);
  assert.deepEqual(complaints, []);
});

/** Every payload in some cell of a column that holds text; the file has one for a name. */
function hostileReport() {
  const perRow = TEXTS.length;
  const day = workingDay(4);
  const rows = [];
  for (let at = 0; at < PAYLOADS.length; at += perRow) {
    const cells = Object.fromEntries(TEXTS.map((name, index) => [name, PAYLOADS[(at + index) % PAYLOADS.length]]));
    rows.push({ ...cells, Email: PAYLOADS[at], Line: String(rows.length + 1), Owner: 'rita@norpump.example', Unit: 'pcs', 'Promised date': day, 'Expected date': workingDay(20) });
  }
  return file('<img src=x onerror=alert(1)>.csv', rows);
}

function plainReport() {
  const day = workingDay(4);
  const row = { Order: '4471', Line: '10', Customer: 'Halvorsen Marine', Owner: 'rita@norpump.example', Contact: 'Anna', Phone: '+47 55 20 01 00', Email: 'anna@halvorsen.example', Item: 'NP-40', Description: 'Pump', Unit: 'pcs' };
  return file('open orders.csv', [{ ...row, 'Promised date': day, 'Expected date': workingDay(20) }]);
}

function file(name, rows) {
  const quoted = (cell) => `"${(cell ?? '').replaceAll('"', '""')}"`;
  const lines = [HEADINGS, ...rows.map((row) => HEADINGS.map((heading) => row[heading]))];
  return { name, mimeType: 'text/csv', buffer: Buffer.from(lines.map((line) => line.map(quoted).join(',')).join('\r\n')) };
}

/** Follows every link from every page; what can be read on each. */
async function openEverything(page, complaints) {
  const waiting = ['/import', '/today', '/today/quiet', '/team', '/promises', '/customers', '/people', '/notices', '/settings', '/me/record'];
  const read = new Map();
  while (waiting.length > 0 && read.size < 150) {
    const path = waiting.shift();
    if (read.has(path)) continue;
    await page.goto(path);
    read.set(path, await readPage(page, complaints));
    const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href').split('#')[0]));
    const shape = (link) => link.replace(/\d+/g, '0').replace(/=[^&]*/g, '=');
    const seen = [...read.keys(), ...waiting].map(shape);
    for (const link of new Set(links)) {
      // Every line of the report has its pages; of all others two are enough.
      const most = /^\/(cases|customers|promises)\/\d+$/.test(link) ? Infinity : 2;
      const often = seen.filter((one) => one === shape(link)).length;
      if (!/\.(ics|csv|json|jsonl)($|\?)/.test(link) && often < most) waiting.push(link);
    }
  }
  return read;
}

/** Types into every field of every form of a page, sends it, and looks at what comes back. */
async function fillEveryForm(page, place, payload, complaints) {
  const typed = [];
  await page.goto(place);
  const forms = await page.locator('form[method=post]').count();
  for (let number = 0; number < forms; number += 1) {
    await page.goto(place);
    const texts = Array.from({ length: 12 }, payload);
    const sent = await page.evaluate(fillIn, { number, texts });
    if (!sent) continue;
    typed.push(...sent);
    await Promise.all([page.waitForNavigation(), page.evaluate(send, number)]);
    await readPage(page, complaints);
  }
  return typed;
}

/** In the page: fills the form in. What was typed; nothing if it is not one to be tried. */
function fillIn({ number, texts }) {
  const form = document.querySelectorAll('form[method=post]')[number];
  const leads = /\/(session\/end|demo\/session|disabling|removal|inheriting|undoing|closing|not-now|taking-back|owner|takeovers|confirmation|role|invitation)$/;
  if (!form || leads.test(form.getAttribute('action') ?? '')) return null;
  const fields = form.querySelectorAll('input:not([type]), input[type=text], input[type=search], input[type=tel], input[type=email], input[type=url], textarea');
  if (fields.length === 0) return null;
  const typed = [];
  for (const field of fields) {
    const text = texts[typed.length % texts.length];
    field.value = text;
    typed.push(text);
  }
  return typed;
}

/** In the page: sends the form as it is, whatever the browser thinks of what was typed. */
function send(number) {
  const form = document.querySelectorAll('form[method=post]')[number];
  setTimeout(() => HTMLFormElement.prototype.submit.call(form));
}

/** What is kept of a case is read there as it was typed. */
async function typeIntoTheCase(page, address, complaints) {
  const [action, option, cause] = [PAYLOADS[0], PAYLOADS[9], PAYLOADS[38]];
  for (const [act, form] of [
    ['actions', { what: action }],
    ['options', { kind: 'expedite', title: option }],
    ['cause', { internal: cause, customer_safe: PAYLOADS[36] }],
  ]) {
    const answer = await page.request.post(`${address}/${act}`, { form, maxRedirects: 0 });
    assert.equal(answer.status(), 303, `${act}: ${await answer.text()}`);
  }
  await page.goto(address);
  const text = plain(await readPage(page, complaints));
  for (const typed of [action, option, cause, PAYLOADS[36]]) assert.ok(text.includes(plain(typed)), `${typed} is not to be read`);
}

/** Days off with names like these, from a calendar file. */
async function aCalendar(page, complaints) {
  const day = (index) => new Date(Date.UTC(2027, 0, 4 + index)).toISOString().slice(0, 10).replaceAll('-', '');
  const escaped = (text) => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/[\u2028\u2029]/g, ' ');
  const entries = PAYLOADS.map((text, index) => `BEGIN:VEVENT\r\nUID:${index}\r\nDTSTART;VALUE=DATE:${day(index)}\r\nSUMMARY:${escaped(text)}\r\nEND:VEVENT\r\n`);
  await page.goto('/settings/calendars/company');
  const calendar = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${entries.join('')}END:VCALENDAR\r\n`;
  await page.locator('input[type=file]').setInputFiles({ name: '"><script>alert(1)</script>.ics', mimeType: 'text/calendar', buffer: Buffer.from(calendar) });
  await page.locator('form[action$="/file"] button').first().click();
  await page.waitForLoadState();
  const text = plain(await readPage(page, complaints));
  assert.ok(text.includes(plain(PAYLOADS[0])), text);
}

/** As it is read: what turns the direction of writing around is taken out when a report is read. */
const plain = (text) => text.normalize('NFC').replace(/[\u202A-\u202E\u2066-\u2069]/g, '').replace(/[\u2028\u2029\s]+/g, ' ').trim();

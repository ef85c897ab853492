// An open-order report as an older ERP writes it: two lines of letterhead and an empty one, the heading in row 4,
// semicolons, Windows-1252, dates day first, amounts with a comma.

const HEADING = [
  'Sales order', 'Line', 'Customer', 'Contact', 'Phone', 'E-mail', 'Sales rep', 'Material', 'Description', 'Qty', 'Unit',
  'Net value', 'Currency', 'Requested date', 'Promised date', 'Expected date', 'Delivered on',
];

const USUAL = {
  line: 10, contact: 'Anna Halvorsen', phone: '+47 55 20 01 00', email: 'anna@halvorsen.example', owner: 'jon@norpump.example',
  material: 'NP-40', quantity: 40, unit: 'pcs', value: '12.480,50', currency: 'EUR', delivered: null,
};

/** The file, to be put into a file field. Each line is { order, customer, item, promised, expected, … }. */
export function report(name, lines) {
  const rows = lines.map((line) => ({ requested: line.promised, ...USUAL, ...line })).map((line) => [
    line.order, line.line, line.customer, line.contact, line.phone, line.email, line.owner, line.material, line.item,
    line.quantity, line.unit, line.value, line.currency, dayFirst(line.requested), dayFirst(line.promised),
    dayFirst(line.expected), dayFirst(line.delivered),
  ]);
  const text = [['Open orders'], ['Nørpump AS, Bergen'], [''], HEADING, ...rows].map((row) => row.join(';')).join('\r\n');
  return { name, mimeType: 'text/csv', buffer: Buffer.from(`${text}\r\n`, 'latin1') };
}

/** The day so many working days from today (before, if negative), as 2026-11-27. */
export function workingDay(distance) {
  const day = new Date();
  day.setUTCHours(12, 0, 0, 0);
  for (let left = Math.abs(distance); left > 0; ) {
    day.setUTCDate(day.getUTCDate() + Math.sign(distance));
    if (day.getUTCDay() % 6 !== 0) left -= 1;
  }
  return day.toISOString().slice(0, 10);
}

/** "Fri 27 Nov", as the pages write the day 2026-11-27. */
export function shown(day) {
  const date = new Date(`${day}T12:00:00Z`);
  const part = (options) => date.toLocaleDateString('en-GB', { ...options, timeZone: 'UTC' });
  const month = part({ month: 'short' }).slice(0, 3);
  return `${part({ weekday: 'short' })} ${date.getUTCDate()} ${month}`;
}

/** "Friday 27 November", as the mails write it. */
export function spelled(day) {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).replace(',', '');
}

function dayFirst(day) {
  return day ? day.split('-').reverse().join('.') : '';
}

// Walks the journeys in a real browser: node run.mjs [NAME…] (part of a file's name), all of them by default.
// The last line it prints is "N passed, N failed".
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { findChromium } from './harness/chromium.mjs';
import { programPath } from './harness/server.mjs';

// Said once and plainly, before every journey says it.
for (const needed of [findChromium, programPath]) {
  try {
    needed();
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

const folder = join(import.meta.dirname, 'journeys');
const wanted = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.mjs') && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .sort()
  .map((name) => join(folder, name));

const count = { passed: 0, failed: 0 };
// Three side by side: much of a journey is waiting, for a page or for the ten seconds in which a letter can be taken back.
const events = run({ files, concurrency: 3 });
events.on('test:pass', (event) => (count.passed += isJourney(event)));
events.on('test:fail', (event) => (count.failed += isJourney(event)));
events.compose(spec).on('end', finish).pipe(process.stdout);

function isJourney({ details }) {
  return details.type === 'suite' ? 0 : 1;
}

function finish() {
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
}

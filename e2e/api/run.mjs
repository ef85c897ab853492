// Holds the OpenAPI document against the running demo, as an admin's program: every call, every check.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../harness/server.mjs';

const HERE = import.meta.dirname;
const SCOPES = ['read', 'write', 'import', 'check', 'admin'].map((scope) => ['scope', scope]);
const schemathesis = process.env.SCHEMATHESIS ?? 'schemathesis';
if (schemathesis.includes('/') && !existsSync(schemathesis)) throw new Error(`${schemathesis} is not there`);

const server = await startServer({ command: 'demo' });
try {
  const token = await tokenOfAnAdmin(server.base);
  const words = ['--config-file', join(HERE, 'schemathesis.toml'), 'run', `${server.base}/api/v1/openapi.json`];
  const { status } = spawnSync(
    schemathesis,
    [...words, '--url', server.base, '--checks', 'all', '--header', `Authorization: Bearer ${token}`, '--no-color'],
    { stdio: 'inherit' },
  );
  console.log(status === 0 ? '1 passed, 0 failed' : '0 passed, 1 failed');
  process.exitCode = status === 0 ? 0 : 1;
} finally {
  await server.stop();
}

/** Comes in as the demo's admin, and makes a token on the page for it. */
async function tokenOfAnAdmin(base) {
  const demo = await (await fetch(`${base}/demo`)).text();
  const people = [...demo.matchAll(/value="(\d+)"/g)].map((found) => found[1]);
  for (const person of people) {
    const came = await post(base, '/demo/session', { person });
    const cookie = came.headers.get('set-cookie')?.split(';')[0] ?? '';
    const made = await post(base, '/me/tokens', [['name', 'schemathesis'], ['days', '30'], ...SCOPES], cookie);
    const page = await made.text();
    if (page.includes('Acts for')) return page.match(/fw_[0-9a-f]+/)[0];
  }
  throw new Error('there is no admin in the demo');
}

function post(base, path, fields, cookie = '') {
  const headers = { 'sec-fetch-site': 'same-origin', cookie };
  return fetch(base + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });
}

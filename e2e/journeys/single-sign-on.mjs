import assert from 'node:assert/strict';
import { PASSWORD, setUp } from '../harness/house.mjs';
import { journey } from '../harness/journey.mjs';
import { startProvider } from '../harness/provider.mjs';

const people = {
  rita: { email: 'rita@norpump.example', email_verified: true, name: 'Rita Moen' },
  mallory: { email: 'rita@norpump.example', email_verified: false, name: 'Mallory' },
  stranger: { email: 'stranger@elsewhere.example', email_verified: true, name: 'A Stranger' },
};

const withProvider = {
  prepare: async (server) => {
    const provider = await startProvider(people);
    server.settings = provider.settings;
    server.neighbours.push(provider);
    provider.serve(await server.takePort());
  },
};

journey('whoever the company’s own provider knows comes in through it, and nobody else', withProvider, async ({ page, server }) => {
  await setUp(page, server);
  await signOut(page);

  // An address that the provider has not made sure of is worth nothing.
  await signInElsewhere(page, 'mallory');
  await page.getByText('no e-mail address that it has made sure of').waitFor();
  await forgetMe(page);

  // Nobody is added silently.
  await signInElsewhere(page, 'stranger');
  await page.getByText('There is no account here for stranger@elsewhere.example').waitFor();
  await forgetMe(page);

  // Whoever has an account is found by the address.
  await signInElsewhere(page, 'rita');
  await page.waitForURL((url) => url.pathname === '/today');
  await page.goto('/me/security');
  await page.getByText('Signed in through your company’s sign-in').first().waitFor();
  await page.getByText('Found at your company’s sign-in').waitFor();

  // Signing out here signs out there.
  await openMenuAndSignOut(page);
  await page.waitForURL((url) => url.origin === server.neighbours[0].origin);
  await page.getByRole('button', { name: /yes/i }).click();
  await page.waitForURL((url) => url.origin === server.base && url.pathname === '/sign-in');
  await page.goto('/today');
  assert.equal(new URL(page.url()).pathname, '/sign-in');

  // The password still does, too.
  await page.getByLabel('E-mail').fill('rita@norpump.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/today');
});

async function signInElsewhere(page, login) {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with Norpump' }).click();
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('whatever');
  await page.locator('button[type=submit]').click();
  await page.locator('button[type=submit]', { hasText: /continue/i }).click();
}

async function openMenuAndSignOut(page) {
  await page.locator('details.me > summary').click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
}

async function signOut(page) {
  await openMenuAndSignOut(page);
  await page.waitForURL((url) => url.pathname === '/sign-in');
}

/** The provider forgets who was there, as on another machine. */
async function forgetMe(page) {
  await page.context().clearCookies();
}

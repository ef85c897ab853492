// A real provider of sign-ins (OpenID Connect) on this machine: the package oidc-provider, for one Forewarn.
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

export const CLIENT = { id: 'forewarn', secret: 'a secret between Forewarn and the provider' };

/**
 * Starts one that knows `people`: { login: { email, email_verified } }. `.settings` is what Forewarn has to be told
 * about it; `.serve(base)` makes it ready for the Forewarn at that address.
 */
export async function startProvider(people) {
  const http = createServer((request, response) => handle(request, response)).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const issuer = `http://127.0.0.1:${http.address().port}`;
  let handle = (_, response) => response.writeHead(503).end();

  return {
    origin: issuer,
    settings: {
      FOREWARN_OIDC_ISSUER: issuer,
      FOREWARN_OIDC_CLIENT_ID: CLIENT.id,
      FOREWARN_OIDC_CLIENT_SECRET: CLIENT.secret,
      FOREWARN_OIDC_NAME: 'Norpump',
      FOREWARN_OIDC_ALLOWED_NETWORKS: '127.0.0.0/8',
    },
    serve(base) {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: CLIENT.id,
            client_secret: CLIENT.secret,
            redirect_uris: [`${base}/sign-in/elsewhere`],
            post_logout_redirect_uris: [`${base}/sign-in`],
          },
        ],
        claims: { email: ['email', 'email_verified'], profile: ['name'] },
        pkce: { required: () => true },
        findAccount: (_, login) => people[login] && { accountId: login, claims: () => ({ sub: login, ...people[login] }) },
      });
      handle = provider.callback();
    },
    async stop() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

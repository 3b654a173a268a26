// A real provider of accounts (OpenID Connect) on this machine, that a journey starts and ends. Any
// name signs in there with any password; the account is that name, at larkrise.example.

import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

export const CLIENT = 'stairgate';
export const SECRET = 'nine-plum-trees-behind-the-hall';

/** Starts one that sends people back to this address: `{ issuer, stop() }`. */
export async function startProvider(back) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT, client_secret: SECRET, redirect_uris: [back] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
    cookies: { keys: ['only for this test'] },
    conformIdTokenClaims: false,
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_, name) => ({
      accountId: name,
      claims: () => ({ sub: name, email: `${name}@larkrise.example`, email_verified: true }),
    }),
  });
  server.on('request', provider.callback());
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { issuer, stop };
}

/** Signs in there, and agrees that Stairgate is told who it is. */
export async function signInThere(page, name) {
  await page.locator('input[name="login"]').fill(name);
  await page.locator('input[name="password"]').fill('whatever it is');
  await page.getByRole('button', { name: /sign-in/i }).click();
  await page.waitForLoadState('load');
  const agree = page.getByRole('button', { name: /continue/i });
  if (await agree.count()) {
    await agree.click();
    await page.waitForLoadState('load');
  }
}

// An OpenID provider for the sign-in test: the npm package `oidc-provider`, with people who sign in
// and agree without being asked. Prints one line of JSON when it listens; ends with its input.

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import http from 'node:http';

const require = createRequire(new URL('../../ui/package.json', import.meta.url));
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')).href);

const person = process.argv[2];
const lifetime = Number(process.argv[3] ?? '300');

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'kontor-desk',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['http://127.0.0.1/anmeldung'],
      },
    ],
    pkce: { required: () => true },
    scopes: ['openid', 'offline_access'],
    rotateRefreshToken: true,
    ttl: { AccessToken: lifetime, IdToken: 300, RefreshToken: 3600 },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    extraTokenClaims: () => ({ roles: ['sb'] }),
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:kontor',
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'openid offline_access',
          audience: 'kontor',
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetime,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    interactions: { url: (_context, interaction) => `/agree/${interaction.uid}` },
  });
  provider.on('grant.success', (context) => {
    console.log(JSON.stringify({ event: 'grant', type: context.oidc.params.grant_type }));
  });
  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (request.url.startsWith('/agree/')) {
      agree(provider, request, response).catch((error) => {
        response.statusCode = 500;
        response.end(String(error));
      });
    } else {
      callback(request, response);
    }
  });
  console.log(JSON.stringify({ event: 'listening', issuer }));
});

/** Signs in as the one person there is, who agrees to everything that is asked for. */
async function agree(provider, request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: person } });
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope('openid offline_access');
  grant.addResourceScope('urn:kontor', 'openid offline_access');
  const grantId = await grant.save();
  return provider.interactionFinished(request, response, { consent: { grantId } });
}

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

import { toOpenApi30 } from './openApi30.js';

/**
 * Opens the document next to the page in Swagger UI. The document needs a
 * credential; it is kept for this tab only (sessionStorage) and sent to this
 * host only.
 */

const texts = {
  en: {
    label: 'API token (xc-token) or auth token (xc-auth)',
    open: 'Open the API docs',
    kept: 'Your token is kept for this browser tab only and forgotten when the tab is closed.',
    forget: 'Forget it now',
    invalid: 'This token is not valid: it may be mistyped, deleted or expired.',
    failed: 'The document could not be loaded.',
  },
  fr: {
    label: 'Jeton d’API (xc-token) ou jeton d’authentification (xc-auth)',
    open: 'Ouvrir la documentation',
    kept: 'Votre jeton n’est gardé que pour cet onglet et oublié à sa fermeture.',
    forget: 'L’oublier maintenant',
    invalid: 'Ce jeton n’est pas valide : mal saisi, supprimé ou expiré.',
    failed: 'Le document n’a pas pu être chargé.',
  },
};
const language = navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en';
const text = texts[language];
const storageKey = 'rowgate.apiDocs.credential';
const schemes = { 'xc-token': 'xcToken', 'xc-auth': 'xcAuth', authorization: 'bearerAuth' };
const byId = (id) => document.getElementById(id);
const address = location.pathname.replace(/\/(?:swagger|redoc)\/?$/i, '/swagger.json');

/** @returns {{ header: string, value: string } | undefined} */
function recall() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    return typeof stored?.value === 'string' && stored.header in schemes ? stored : undefined;
  } catch {
    return undefined; // storage is switched off or holds something else: ask again
  }
}
let credential = recall();

function remember(next) {
  credential = next;
  try {
    if (next === undefined) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // storage is switched off: the credential lasts until the page is left
  }
  byId('signed-in').hidden = next === undefined;
}

const headersOf = ({ header, value }) => ({
  [header]: header === 'authorization' ? `Bearer ${value}` : value,
});

function askForCredential(problem) {
  byId('problem').textContent = problem ?? '';
  byId('sign-in').hidden = false;
  byId('credential').focus();
}

/** What Swagger UI's own Authorize dialog is told is remembered, too. */
function rememberingPlugin() {
  const headers = Object.fromEntries(Object.entries(schemes).map(([header, scheme]) => [scheme, header]));
  return {
    statePlugins: {
      auth: {
        wrapActions: {
          authorize: (original) => (given) => {
            for (const [scheme, { value }] of Object.entries(given)) {
              if (scheme in headers && typeof value === 'string')
                remember({ header: headers[scheme], value });
            }
            return original(given);
          },
          logout: (original) => (given) => {
            remember(undefined);
            return original(given);
          },
        },
      },
    },
  };
}

function addCredential(request) {
  const sameHost = new URL(request.url, location.href).host === location.host;
  const names = Object.keys(request.headers ?? {}).map((name) => name.toLowerCase());
  if (credential !== undefined && sameHost && !names.some((name) => name in schemes)) {
    request.headers = { ...request.headers, ...headersOf(credential) };
  }
  return request;
}

/** The second server is this one by name, with a scheme to choose. */
function nameThisHost(spec) {
  const variables = spec.servers?.[1]?.variables;
  if (variables?.host !== undefined) variables.host.default = location.host;
  if (variables?.scheme !== undefined) variables.scheme.default = location.protocol.replace(':', '');
  return spec;
}

function open(spec) {
  document.title = spec.info.title;
  byId('sign-in').hidden = true;
  const ui = window.SwaggerUIBundle({
    spec: toOpenApi30(nameThisHost(spec)),
    domNode: byId('swagger-ui'),
    presets: [window.SwaggerUIBundle.presets.apis],
    plugins: [rememberingPlugin],
    layout: 'BaseLayout',
    deepLinking: true,
    validatorUrl: null,
    displayRequestDuration: true,
    filter: true,
    docExpansion: spec.tags.length > 5 ? 'none' : 'list',
    requestInterceptor: addCredential,
    onComplete: () => {
      if (credential !== undefined) ui.preauthorizeApiKey(schemes[credential.header], credential.value);
    },
  });
}

async function load() {
  const given = credential;
  let answer;
  try {
    answer = await fetch(address, {
      headers: given === undefined ? {} : headersOf(given),
      cache: 'no-cache',
      credentials: 'omit',
    });
  } catch {
    return askForCredential(text.failed);
  }
  if (answer.status === 200) {
    remember(given);
    return open(await answer.json());
  }
  if (answer.status === 401) {
    remember(undefined);
    return askForCredential(given === undefined ? undefined : text.invalid);
  }
  const body = await answer.json().catch(() => ({}));
  return askForCredential(body.message ?? body.msg ?? text.failed);
}

document.documentElement.lang = language;
for (const element of document.querySelectorAll('[data-text]'))
  element.textContent = text[element.dataset.text];
byId('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  const value = byId('credential').value.trim();
  if (value === '') return;
  // an auth token is a JWT: three parts
  credential = { header: value.split('.').length === 3 ? 'xc-auth' : 'xc-token', value };
  byId('credential').value = '';
  load();
});
byId('forget').addEventListener('click', () => {
  remember(undefined);
  location.reload();
});
load();

import { findAsset, swaggerAssets } from './assets.ts';

/** Where the page's files are served. */
export const assetPath = '/api-docs/assets/';

/** No inline script, nothing from elsewhere, no request to another host. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

async function addressOf(name: string): Promise<string> {
  return `${assetPath}${name}?v=${(await findAsset(name))?.hash ?? ''}`;
}

let page: Promise<string> | undefined;

async function buildPage(): Promise<string> {
  const address = Object.fromEntries(
    await Promise.all(Object.keys(swaggerAssets).map(async (name) => [name, await addressOf(name)] as const)),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>API docs</title>
<link rel="stylesheet" href="${address['swagger-ui.css']}">
<link rel="stylesheet" href="${address['apiDocs.css']}">
<link rel="icon" type="image/png" sizes="32x32" href="${address['favicon-32x32.png']}">
<link rel="icon" type="image/png" sizes="16x16" href="${address['favicon-16x16.png']}">
<script src="${address['swagger-ui-bundle.js']}" defer></script>
<script src="${address['apiDocs.js']}" type="module"></script>
</head>
<body>
<form id="sign-in" hidden>
<label for="credential" data-text="label"></label>
<input id="credential" type="password" autocomplete="off" spellcheck="false" required>
<button type="submit" data-text="open"></button>
<p id="problem" role="alert"></p>
<p data-text="kept"></p>
</form>
<p id="signed-in" hidden><span data-text="kept"></span> <button type="button" id="forget" data-text="forget"></button></p>
<main id="swagger-ui"></main>
<noscript><p>This page needs JavaScript.</p></noscript>
</body>
</html>
`;
}

/** The same page for every base: it says nothing about the base it stands next to. */
export function apiDocsPage(): Promise<string> {
  if (page === undefined) {
    page = buildPage();
    page.catch(() => {
      page = undefined; // the next request tries again
    });
  }
  return page;
}

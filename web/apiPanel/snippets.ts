import { writeCurl } from './curl.ts';
import { writeGo } from './go.ts';
import { writeJavaScript } from './javascript.ts';
import { writePhp } from './php.ts';
import { writePython } from './python.ts';
import { type Action, requestOf, type SnippetRequest, type SnippetTarget } from './requests.ts';

interface SnippetLanguage {
  /** A name, the same in every language of the interface. */
  readonly name: string;
  readonly write: (request: SnippetRequest) => string;
}

/** Languages a request is shown in; another one is a line here. */
export const snippetLanguages = {
  curl: { name: 'curl', write: writeCurl },
  javascript: { name: 'JavaScript', write: writeJavaScript },
  python: { name: 'Python', write: writePython },
  php: { name: 'PHP', write: writePhp },
  go: { name: 'Go', write: writeGo },
} as const satisfies Record<string, SnippetLanguage>;

export type SnippetLanguageName = keyof typeof snippetLanguages;

/** Code that does the action as it stands. */
export const writeSnippet = (language: SnippetLanguageName, action: Action, target: SnippetTarget): string =>
  snippetLanguages[language].write(requestOf(action, target));

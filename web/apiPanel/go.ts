import type { SnippetRequest } from './requests.ts';

/** A text as Go reads it: JSON's escapes are Go's, too. Its compiler takes no byte order mark and no half of a pair. */
const quote = (text: string): string =>
  JSON.stringify(text.toWellFormed()).replace(
    /[\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );

/** The request for Go, with its standard library. */
export function writeGo({ method, url, token, body }: SnippetRequest): string {
  const hasBody = body !== undefined;
  const reader = hasBody ? `strings.NewReader(${quote(JSON.stringify(body))})` : 'nil';
  const imports = ['"fmt"', '"io"', '"log"', '"net/http"', ...(hasBody ? ['"strings"'] : [])];
  return `package main

import (
${imports.map((name) => `\t${name}`).join('\n')}
)

func main() {
	request, err := http.NewRequest("${method}", ${quote(url)}, ${reader})
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("xc-token", ${quote(token)})
${hasBody ? '\trequest.Header.Set("Content-Type", "application/json")\n' : ''}	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}
	if response.StatusCode >= 300 {
		log.Fatal(string(answer))
	}
	fmt.Println(string(answer))
}
`;
}

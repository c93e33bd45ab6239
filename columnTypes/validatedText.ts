import { type ColumnType, InvalidValue } from './columnType.ts';
import { readFlag, readOptions } from './options.ts';
import { textOperators } from './textOperators.ts';
import { formatPlain, parseText, show } from './texts.ts';

export interface ValidateOptions {
  /** Whether values must have the form of the type; they need not by default, as on the wire. */
  readonly validate: boolean;
}

/**
 * A type of text with a form that a column may insist on.
 * @param wanted completes "must be …"
 * @param example a value in that form, for documents
 */
export function validatedText(
  name: string,
  wanted: string,
  isValid: (text: string) => boolean,
  example: string,
): ColumnType<ValidateOptions> {
  return {
    name,
    storage: 'text',
    json: 'string',
    filledBy: 'caller',
    options: {
      schema: { type: 'object', properties: { validate: { type: 'boolean', default: false } } },
      parse: (input) => ({ validate: readFlag(readOptions(input), 'validate') }),
    },
    parse: (input, options, context) => {
      const text = parseText(input, context);
      if (!options.validate || text === null || text === '' || isValid(text)) return text;
      throw new InvalidValue(`must be ${wanted}, not ${show(text)}`);
    },
    format: formatPlain,
    operators: textOperators({ emptyIsValue: true }),
    // Values stored before validation was switched on may have any form.
    schema: () => ({ type: 'string', examples: [example] }),
    aggregations: 'none',
  };
}

import { formats } from '../api/index.ts';
import { describeBase } from '../api/openapi/describeBase.ts';
import { requireBase } from '../core/bases/require.ts';
import type { Command } from './command.ts';
import { printLine } from './io.ts';
import { requireBaseByName, withCore } from './openData.ts';

export const openapiCommand: Command = {
  name: 'openapi',
  args: ['base'],
  summary: 'Print the OpenAPI document of a base, with everything its owner may do.',
  options: {},
  examples: ['rowgate openapi CRM > crm.openapi.json'],
  run: (context, [name = ''], options) =>
    withCore(context, options, async (core) => {
      const base = await requireBase(core, (await requireBaseByName(core, name)).id);
      const format = formats({ instance: [] }).find((candidate) => candidate.name === 'v2');
      if (format === undefined) throw new Error('there is no wire format to describe');
      const document = describeBase(format, base, {
        version: '2.0',
        publicUrl: core.settings.publicUrl,
        lists: 'text',
        mayUse: () => true,
      });
      printLine(context.io.stdout, JSON.stringify(document, null, context.json ? 0 : 2));
      return 0;
    }),
};

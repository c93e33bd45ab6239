import { Type } from 'typebox';
import { answerEvents } from '../parts/eventStream.ts';
import { type AnyRoute, inBase, route } from '../route.ts';

/** Changes as they happen. */
export const eventRoutes: readonly AnyRoute[] = [
  route({
    id: 'baseEvents',
    method: 'GET',
    paths: ['/api/v2/meta/bases/:baseId/events'],
    summary: 'Listen to the changes of a base: server-sent events that end when the right to see them ends',
    tag: 'Bases',
    access: inBase('dataList'),
    target: 'base',
    query: {
      since: {
        schema: Type.String(),
        description: 'The id of the last event seen, to catch up; the header `last-event-id` says the same.',
      },
    },
    reply: Type.String({ contentMediaType: 'text/event-stream' }),
    run: answerEvents,
  }),
];

import { type Place, sessionIdOf, type World } from './world.ts';

/**
 * Names of things of a world inside of random texts, so that a random request
 * is the same one in every run although ids differ.
 */
const ofPlace = [
  'baseId',
  'baseTitle',
  'sourceId',
  'tableId',
  'tableTitle',
  'viewId',
  'viewColumnId',
  'filterId',
  'sortId',
  'jobId',
  'tokenId',
] as const;
const people = ['owner', 'viewer', 'outsider'] as const;

export const placeholders: readonly string[] = [
  ...(['mine', 'theirs'] as const).flatMap((place) => [
    ...ofPlace.map((what) => `‹${place}.${what}›`),
    ...[0, 1, 5, 9].map((index) => `‹${place}.column${index}›`),
  ]),
  ...people.flatMap((who) => [`‹${who}.userId›`, `‹session.${who}›`]),
  '‹viewer.email›',
  '‹outsider.email›',
  '‹token.id›',
];

function lookUp(world: World, name: string): string | undefined {
  const [head = '', tail = ''] = name.split('.');
  if (head === 'mine' || head === 'theirs') {
    const place: Place = world[head];
    const column = /^column(\d+)$/.exec(tail);
    if (column !== null) return place.columnIds[Number(column[1])];
    return String(place[tail as (typeof ofPlace)[number]]);
  }
  if (name === 'token.id') return world.tokenId;
  const who = people.find((each) => each === (head === 'session' ? tail : head));
  if (who === undefined) return undefined;
  return head === 'session' ? sessionIdOf(world[who]) : String(world[who][tail as 'userId' | 'email']);
}

/** The text with the world's ids in place of their names. */
export const fillIn = (world: World, text: string): string =>
  text.replace(/‹([a-z]+\.\w+)›/g, (whole, name: string) => lookUp(world, name) ?? whole);

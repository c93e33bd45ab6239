/** A moment as the wire writes it: 'YYYY-MM-DD HH:mm:ss+00:00', UTC. */
export const formatInstant = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')}+00:00`;

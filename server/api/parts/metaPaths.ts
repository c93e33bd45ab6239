/** Where a version keeps the families that describe bases; the handlers are the same. */
export interface MetaPaths {
  /** Begins the ids of routes. */
  readonly version: string;
  /** Tables, columns and views by their own id live under it. */
  readonly meta: string;
  /** The list of bases; one base is `${bases}/:baseId`. */
  readonly bases: string;
  /** The word for the sources of a base. */
  readonly sources: string;
}

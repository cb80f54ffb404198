/**
 * What `ws /crowd` sends as JSON text for each tenth of a second in which something happened: attempts to connect, by what became of
 * them. `time` is in ms since the restart.
 */
export interface CrowdReport {
  time: number;
  down: number;
  refused: number;
  open: number;
  /** How many clients are connected again by its end. */
  connected: number;
  /** Only in the last report: how many attempts there were in all. */
  attempts?: number;
  /** Only in the last report: how many clients are not back, because they had no attempt left or it took too long. */
  gaveUp?: number;
}

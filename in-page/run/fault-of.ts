/** Returns what tells the page that a run itself has failed. */
export function faultOf(thrown: unknown): { type: 'fault'; text: string } {
  return { type: 'fault', text: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) };
}

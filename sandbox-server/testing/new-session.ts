/** Starts a session at the server and returns its name. */
export async function newSession(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/sessions`, { method: 'POST' });
  return ((await answer.json()) as { session: string }).session;
}

/** Sets how many clients run the program; each has its own lane. */
import { mostClients, type PlaygroundModel } from '../playground-model.ts';

export function ClientCount({ model }: { model: PlaygroundModel }) {
  const clients = model.clients.value;
  const on = model.state.value === 'starting' || model.state.value === 'running';
  return (
    <span class="pg-clients" role="group" aria-label="Clients">
      <button
        type="button"
        class="pg-button pg-small"
        aria-label="Remove a client"
        aria-disabled={clients <= 1 || on}
        onClick={() => !on && model.removeClient()}
      >
        −
      </button>
      <output aria-label="Number of clients">{clients === 1 ? '1 client' : `${clients} clients`}</output>
      <button
        type="button"
        class="pg-button pg-small"
        aria-label="Add a client"
        aria-disabled={clients >= mostClients}
        onClick={() => model.addClient()}
      >
        +
      </button>
    </span>
  );
}

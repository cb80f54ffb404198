/** Node's module `os`: a few words about a machine that is the same for everybody, so that every run is. */
import type { NodeParts } from '../node-parts.ts';

const gibibyte = 2 ** 30;
const loopback = { address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true };

export function createOs({ clock }: NodeParts): Record<string, unknown> {
  return {
    EOL: '\n',
    arch: () => 'x64',
    availableParallelism: () => 1,
    cpus: () => [{ model: 'in the page', speed: 1000, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }],
    endianness: () => 'LE',
    freemem: () => gibibyte,
    homedir: () => '/home/node',
    hostname: () => 'playground',
    loadavg: () => [0, 0, 0],
    /** The run's network has no address but this machine's own. */
    networkInterfaces: () => ({ lo: [{ ...loopback, cidr: '127.0.0.1/8' }] }),
    platform: () => 'linux',
    release: () => '6.0.0',
    tmpdir: () => '/tmp',
    totalmem: () => 2 * gibibyte,
    type: () => 'Linux',
    uptime: () => clock.read() / 1000,
    userInfo: () => ({ username: 'node', uid: 1000, gid: 1000, shell: '/bin/sh', homedir: '/home/node' }),
  };
}

/** Figures for a monitor, in the text format of Prometheus (version 0.0.4). */

/** The type of what `metricsText` returns. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

/** One figure, or one for each value of a label. Names follow Prometheus: counters end in `_total`, units are base units. */
export interface Metric {
  name: string;
  help: string;
  /** A counter only grows while the process runs. */
  type: 'counter' | 'gauge';
  value: number | { label: string; values: ReadonlyMap<string, number> };
}

/** Returns the figures as text, each with its help and type. */
export function metricsText(metrics: readonly Metric[]): string {
  return metrics.map(oneMetric).join('');
}

function oneMetric({ name, help, type, value }: Metric): string {
  const head = `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`;
  if (typeof value === 'number') return `${head}${name} ${numeral(value)}\n`;
  const lines = [...value.values].map(([of, count]) => `${name}{${value.label}="${escaped(of)}"} ${numeral(count)}\n`);
  return head + lines.join('');
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const numeral = (value: number): string =>
  Number.isFinite(value) ? `${value}` : value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN';

/** Returns figures of the process itself, under the names that every Prometheus client gives them. */
export function processMetrics(): Metric[] {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const gauge = (name: string, help: string, value: number): Metric => ({ name, help, type: 'gauge', value });
  return [
    {
      name: 'process_cpu_seconds_total',
      help: 'Processor time spent, in seconds.',
      type: 'counter',
      value: (user + system) / 1e6,
    },
    gauge('process_resident_memory_bytes', 'Memory that the process takes, in bytes.', rss),
    gauge('nodejs_heap_size_used_bytes', 'Memory that its JavaScript objects take, in bytes.', heapUsed),
    gauge(
      'process_start_time_seconds',
      'When the process started, in seconds since the Unix epoch.',
      Date.now() / 1000 - process.uptime(),
    ),
  ];
}

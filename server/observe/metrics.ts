import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestReport } from '../api/serve.ts';

export interface Metrics {
  readonly observe: (report: RequestReport) => void;
  /** Text in Prometheus' format. */
  readonly render: () => Promise<string>;
  readonly contentType: string;
}

/** Counts and times requests by route; `status` is the class (2xx …) so that the number of series stays small. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'rowgate_' });
  const duration = new Histogram({
    name: 'rowgate_request_seconds',
    help: 'Time to answer a request.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const failures = new Counter({
    name: 'rowgate_failures_total',
    help: 'Requests the server could not answer (status 5xx).',
    labelNames: ['route'],
    registers: [registry],
  });
  new Gauge({
    name: 'rowgate_uptime_seconds',
    help: 'Seconds since the start.',
    registers: [registry],
    collect() {
      this.set(process.uptime());
    },
  });
  return {
    observe({ route, method, status, milliseconds }) {
      duration.labels(route, method, `${Math.floor(status / 100)}xx`).observe(milliseconds / 1000);
      if (status >= 500) failures.labels(route).inc();
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

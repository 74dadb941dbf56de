/**
 * Processor time of a service together with its database connections. Where other work shares the machine
 * it says more than the clock. Linux only, and only for a database on this machine; elsewhere NaN.
 */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Service } from './services.ts';

const ticksPerSecond = 100;

/** Seconds so far of the service's process and of its PostgreSQL backends that live now. */
export async function cpuSecondsOf(service: Service, databaseUrl: string | undefined): Promise<number> {
  const own = await service.cpuSeconds();
  if (databaseUrl === undefined) return own;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      'select pid from pg_stat_activity where application_name = $1 and datname = current_database()',
      [service.applicationName],
    );
    return rows.reduce((sum, { pid }) => sum + secondsOfProcess(pid), own);
  } finally {
    await client.end();
  }
}

/** Fields 14 and 15 of /proc/PID/stat, counted after the name, which may hold spaces. */
function secondsOfProcess(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}

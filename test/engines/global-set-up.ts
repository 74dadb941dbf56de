/**
 * Runs once before the database tests: prepares a migrated template of each engine, from which every
 * suite gets its own copy (see on-engines.ts), and stops the PostgreSQL server at the end.
 */
import type { TestProject } from 'vitest/node';
import { startCluster } from './server-cluster.ts';
import { prepareTemplateDatabase } from './template-database.ts';
import { prepareTemplateFolder } from './template-folder.ts';

export type EnginesForTests = {
  embedded: { templateDir: string };
  /** `url` without a database name; undefined with the reason where PostgreSQL is not installed. */
  server: { url: string; templateName: string } | { missing: string };
};

declare module 'vitest' {
  export interface ProvidedContext {
    engines: EnginesForTests;
  }
}

const inCi = process.env.CI !== undefined && process.env.CI !== '' && process.env.CI !== 'false';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const templateDir = await prepareTemplateFolder();
  // Power cuts are tested elsewhere; what this one holds ends with the run.
  const cluster = await startCluster({ durable: false });
  if ('missing' in cluster) {
    if (inCi) throw new Error(`in CI no engine is left out: ${cluster.missing}`);
    console.warn(`Left out: every test on the server engine; ${cluster.missing}.`);
    project.provide('engines', { embedded: { templateDir }, server: cluster });
    return async () => undefined;
  }
  const templateName = await prepareTemplateDatabase(cluster.url);
  project.provide('engines', { embedded: { templateDir }, server: { url: cluster.url, templateName } });
  return () => cluster.stop();
}

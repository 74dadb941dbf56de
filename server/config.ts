/**
 * The environment, read in this one file, checked whole at start. Every problem is listed at once and
 * unknown LANTU_ variables are reported, so that a typing error is not silently ignored.
 */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type PasswordCost, usualPasswordCost } from './accounts/password-cost.ts';
import { type BasemapSettings, basemapVariables, readBasemapSettings } from './basemap/basemap-settings.ts';
import { databaseUrlSchema } from './db/database-url.ts';
import { StartupError } from './errors.ts';

const basePathSchema = z
  .string()
  .regex(/^(\/[A-Za-z0-9._~-]+)*\/?$/, 'must look like /lantu')
  .transform((path) => path.replace(/\/$/, ''));

const trustProxySchema = z.string().refine((text) => {
  const trusted = parseTrustProxy(text);
  return !Array.isArray(trusted) || trusted.every(isProxyAddress);
}, 'must be a number of proxies, or addresses such as 10.0.0.1, 10.0.0.0/8 or loopback, separated by commas');

const allowedHostsSchema = z
  .string()
  .regex(
    /^\s*([\p{L}\p{N}._-]+|\[[0-9a-f:.]+\])(\s*,\s*([\p{L}\p{N}._-]+|\[[0-9a-f:.]+\]))*\s*$/iu,
    '应为主机名,用逗号分隔,不带端口 · must be host names without ports, separated by commas',
  )
  .or(z.literal(''));

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: databaseUrlSchema.optional(),
  LANTU_DATA_DIR: z.string().min(1).default('.data'),
  LANTU_BASE_PATH: basePathSchema.default(''),
  /** Number of proxies in front, or a comma-separated list of their addresses; empty: none is trusted. */
  LANTU_TRUST_PROXY: trustProxySchema.default(''),
  /** Address people use, where it cannot be told from the request. */
  LANTU_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Further names people reach the service by, separated by commas. */
  LANTU_ALLOWED_HOSTS: allowedHostsSchema.default(''),
  LANTU_REGION: z.string().min(1).default('ganzhou'),
  LANTU_SAMPLE: z.enum(['on', 'off']).default('on'),
  LANTU_SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(1_440).default(30),
  LANTU_SESSION_HOURS: z.coerce.number().int().min(1).max(168).default(12),
  /** 0: a password never grows old. */
  LANTU_PASSWORD_MAX_AGE_DAYS: z.coerce.number().int().min(0).max(3_650).default(180),
  LANTU_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type AccountSettings = {
  /** Ends a session nobody has used for so long. */
  sessionIdleMinutes: number;
  /** Ends it however much it is used. */
  sessionHours: number;
  /** Older passwords must be changed; 0: they never grow old. */
  passwordMaxAgeDays: number;
  passwordCost: PasswordCost;
};

export type Config = {
  port: number;
  host: string;
  /** undefined: the embedded engine in `dataDir`. */
  databaseUrl: string | undefined;
  /** Absolute folder of everything the product writes. */
  dataDir: string;
  /** '' or '/lantu': no trailing slash. */
  basePath: string;
  trustProxy: number | string[] | false;
  publicUrl: string | undefined;
  /** Further host names by which the service may be asked; see host-guard.ts. */
  allowedHosts: readonly string[];
  regionId: string;
  /** Load the sample on the first start of an empty database. */
  sample: boolean;
  logLevel: z.infer<typeof environmentSchema>['LANTU_LOG_LEVEL'];
  accounts: AccountSettings;
  /** null: none, and no request leaves the machine. */
  basemap: BasemapSettings | null;
};

/**
 * The configuration and warnings about unknown variables.
 * Throws StartupError with one line per problem.
 */
export function readConfig(environment: NodeJS.ProcessEnv): { config: Config; warnings: string[] } {
  const known = new Set<string>([...Object.keys(environmentSchema.shape), ...basemapVariables]);
  const warnings = Object.keys(environment)
    .filter((name) => name.startsWith('LANTU_') && !known.has(name))
    .map((name) => `${name} is not a setting of Lantu; see README, configuration. 未知的环境变量。`);
  const values = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(values);
  const basemap = readBasemapSettings(values);
  if (!parsed.success || basemap.problems.length > 0) {
    const issues = parsed.error?.issues ?? [];
    const lines = [
      ...issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`),
      ...basemap.problems.map(({ name, text }) => `  ${name}: ${text}`),
    ];
    throw new StartupError({
      zh: `配置有误,请改正以下环境变量后重新启动:\n${lines.join('\n')}`,
      en: `Wrong configuration; correct these environment variables and start again:\n${lines.join('\n')}`,
    });
  }
  const env = parsed.data;
  return {
    config: {
      port: env.PORT,
      host: env.HOST,
      databaseUrl: env.DATABASE_URL,
      dataDir: resolve(env.LANTU_DATA_DIR),
      basePath: env.LANTU_BASE_PATH,
      trustProxy: parseTrustProxy(env.LANTU_TRUST_PROXY),
      publicUrl: env.LANTU_PUBLIC_URL?.replace(/\/$/, ''),
      allowedHosts: env.LANTU_ALLOWED_HOSTS.split(',')
        .map((name) => name.trim())
        .filter(Boolean),
      regionId: env.LANTU_REGION,
      sample: env.LANTU_SAMPLE === 'on',
      logLevel: env.LANTU_LOG_LEVEL,
      accounts: {
        sessionIdleMinutes: env.LANTU_SESSION_IDLE_MINUTES,
        sessionHours: env.LANTU_SESSION_HOURS,
        passwordMaxAgeDays: env.LANTU_PASSWORD_MAX_AGE_DAYS,
        passwordCost: usualPasswordCost,
      },
      basemap: basemap.settings,
    },
    warnings,
  };
}

function parseTrustProxy(text: string): Config['trustProxy'] {
  if (text === '' || text === '0') return false;
  if (/^\d+$/.test(text)) return Number(text);
  return text.split(',').map((part) => part.trim());
}

/** An address, a subnet, or one of the names Express has for ranges. */
function isProxyAddress(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return (
    bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128))
  );
}

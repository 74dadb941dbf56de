/** Who can reach the service, what they can read, and whom the service itself asks. */
import { listLayerAccess } from '../accounts/layer-access.ts';
import { describeDatabaseUrl } from '../db/database-url.ts';
import { isLoopbackName } from '../http/host-guard.ts';
import { type Examination, type Finding, finding } from './finding.ts';

export const examineListening: Examination = async ({ config, database, catalogue }) => {
  const { host, port, publicUrl } = config;
  const isReachable = !isLoopbackName(host);
  const layers = await listLayerAccess(database, catalogue);
  const open = layers.filter(({ isSensitive, mayReadAnonymously }) => isSensitive && mayReadAnonymously);
  if (isReachable && open.length > 0) {
    const ids = open.map(({ layer }) => layer.id).join(', ');
    return [
      finding(
        'bad',
        `服务在 ${host}:${port} 监听,网络上任何人都能查看非公开图层 ${ids};请关闭匿名查看:npm run access -- --layer 图层 --anonymous-read off`,
        `The service listens on ${host}:${port}, so anyone on the network reads the layers ${ids}, which are not public; close them: npm run access -- --layer ID --anonymous-read off`,
      ),
    ];
  }
  if (!isReachable)
    return [
      finding(
        'good',
        `监听 ${host}:${port}:只有本机可以访问`,
        `Listens on ${host}:${port}: only this machine reaches it`,
      ),
    ];
  const named = publicUrl === undefined && config.allowedHosts.length === 0;
  return [
    finding(
      named ? 'note' : 'good',
      `监听 ${host}:${port}:网络可以访问,非公开图层均未开放匿名查看${named ? ';建议用 LANTU_ALLOWED_HOSTS 写明访问所用的主机名' : ''}`,
      `Listens on ${host}:${port}: reachable from the network, no layer that is not public is open to all${named ? '; better name the hosts it is reached by in LANTU_ALLOWED_HOSTS' : ''}`,
    ),
  ];
};

/** The only two settings through which the service asks another machine. */
export const examineOutside: Examination = async ({ config }) => {
  const findings: Finding[] = [];
  if (config.databaseUrl !== undefined) {
    const { host } = describeDatabaseUrl(config.databaseUrl);
    if (!isLoopbackName(host))
      findings.push(
        finding('note', `数据库在另一台机器:${host}`, `The database is on another machine: ${host}`),
      );
  }
  if (config.basemap !== null) {
    const hosts = config.basemap.hosts.join(', ');
    findings.push(
      finding(
        'note',
        `底图取自 ${hosts}:查看地图时,所看范围会告诉该服务器;不需要时请去掉 LANTU_BASEMAP_ 各项`,
        `The basemap comes from ${hosts}, which thereby learns where people look; remove the LANTU_BASEMAP_ settings where it is not wanted`,
      ),
    );
  }
  if (findings.length > 0) return findings;
  return [
    finding(
      'good',
      '对外请求:没有配置任何外部地址,数据不出本机',
      'Requests to others: no outside address is configured, nothing leaves this machine',
    ),
  ];
};

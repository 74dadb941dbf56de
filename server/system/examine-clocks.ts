/** Clocks: this machine's, the database's, and how both count the months of Asia/Shanghai. */
import { namedSql } from '../db/named-sql.ts';
import { type Examination, type Finding, finding } from './finding.ts';

const noteSkewMs = 2_000;
const badSkewMs = 60_000;

export const examineClocks: Examination = async ({ database }) => {
  const before = Date.now();
  const [clock] = await database.query<{
    now_ms: number;
    time_zone: string;
    month: string;
    newest_ms: number | null;
  }>(namedSql('system/read-clock'), [], { class: 'lookup' });
  const after = Date.now();
  if (clock === undefined) throw new Error('the database tells no time');
  const findings: Finding[] = [];
  // Between the two readings any difference may be the way there and back.
  const skewMs = Math.max(0, clock.now_ms - after, before - clock.now_ms);
  if (skewMs > noteSkewMs) findings.push(skewed(skewMs));
  if (!/^(Etc\/)?(UTC|UCT|GMT[+-]?0?)$/.test(clock.time_zone)) findings.push(wrongZone(clock.time_zone));
  const ownMonth = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: '2-digit',
  }).format(Date.UTC(2025, 0, 31, 16, 30));
  if (clock.month !== '2025-02' || ownMonth !== '2025-02') findings.push(wrongMonth(clock.month, ownMonth));
  if (clock.newest_ms !== null && clock.newest_ms > clock.now_ms + badSkewMs)
    findings.push(fromTheFuture(clock.newest_ms));
  if (findings.length > 0) return findings;
  return [
    finding(
      'good',
      `时钟:服务与数据库相差不足 ${noteSkewMs / 1000} 秒,时区 UTC,按北京时间分月正确`,
      `Clocks: service and database less than ${noteSkewMs / 1000} s apart, time zone UTC, months of Asia/Shanghai right`,
    ),
  ];
};

function skewed(skewMs: number): Finding {
  const seconds = Math.round(skewMs / 1000);
  return finding(
    skewMs > badSkewMs ? 'bad' : 'note',
    `服务与数据库的时钟相差 ${seconds} 秒,填报期和时间记录会出错;请在两台机器上启用对时(NTP)`,
    `The clocks of service and database are ${seconds} s apart, which puts records into wrong periods; set both machines by NTP`,
  );
}

function wrongZone(zone: string): Finding {
  return finding(
    'bad',
    `数据库会话的时区是 ${zone},应为 UTC;请检查是否有连接池改写了会话设置`,
    `Sessions of the database have the time zone ${zone} instead of UTC; see whether a pooler in between changes settings`,
  );
}

function wrongMonth(inDatabase: string, here: string): Finding {
  return finding(
    'bad',
    `按北京时间分月有误(数据库 ${inDatabase},服务 ${here},应为 2025-02);请安装时区数据(tzdata)`,
    `Months of Asia/Shanghai come out wrong (database ${inDatabase}, service ${here}, should be 2025-02); install time zone data (tzdata)`,
  );
}

function fromTheFuture(newestMs: number): Finding {
  const day = new Date(newestMs).toISOString();
  return finding(
    'bad',
    `有记录的时间(${day})晚于现在:时钟曾被拨回,或当前时钟有误;请核对时钟`,
    `Something was recorded at ${day}, which is still to come: the clock was put back or is wrong now; check it`,
  );
}

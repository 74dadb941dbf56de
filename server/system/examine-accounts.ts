/** Accounts: passwords nobody has changed, accounts of the sample beside official data, and the chain of the audit. */
import { namedSql } from '../db/named-sql.ts';
import { type Examination, type Finding, finding } from './finding.ts';

type Facts = {
  accounts: number;
  administrators: number;
  sample_accounts: string[];
  unchanged: string[];
  has_official_data: boolean;
  audit_broken_at: string | null;
  audit_entries: string;
};

export const examineAccounts: Examination = async ({ database }) => {
  const [facts] = await database.query<Facts>(namedSql('system/check-accounts'), [], { class: 'bulk' });
  if (facts === undefined) throw new Error('the database tells nothing of its accounts');
  return [...findingsOfAccounts(facts), findingOfAudit(facts)];
};

function findingsOfAccounts(facts: Facts): Finding[] {
  const { accounts, administrators, sample_accounts: ofSample, unchanged } = facts;
  if (accounts === 0) {
    return [
      finding(
        'note',
        '还没有账号:下次启动服务时会创建管理员并显示一次性密码',
        'No accounts yet: the next start makes an administrator and tells a one-time password',
      ),
    ];
  }
  const findings: Finding[] = [];
  if (administrators === 0) {
    findings.push(
      finding(
        'bad',
        '没有可用的管理员账号:npm run account -- enable 用户名',
        'No administrator may sign in: npm run account -- enable USERNAME',
      ),
    );
  }
  if (facts.has_official_data && ofSample.length > 0) {
    findings.push(
      finding(
        'bad',
        `已有正式数据,示意账号仍可登录(${ofSample.join('、')}),密码在 sample-accounts.json 中:请清除示意数据(npm run sample -- --clear)或逐个停用(npm run account -- disable 用户名),并更换管理员密码`,
        `Official data stands, and accounts of the sample may still sign in (${ofSample.join(', ')}), with passwords in sample-accounts.json: clear the sample (npm run sample -- --clear) or disable them (npm run account -- disable USERNAME), and change the administrator's password`,
      ),
    );
  }
  if (unchanged.length > 0) {
    findings.push(
      finding(
        facts.has_official_data ? 'bad' : 'note',
        `管理员从未更换初始密码:${unchanged.join('、')}。请登录后在账户菜单中修改`,
        `Administrators with the password they were given: ${unchanged.join(', ')}. Sign in and change it in the account menu`,
      ),
    );
  }
  if (findings.length > 0) return findings;
  return [
    finding(
      'good',
      `账号:${accounts} 个,管理员 ${administrators} 个,密码均已更换`,
      `Accounts: ${accounts}, of them ${administrators} administrators with passwords of their own`,
    ),
  ];
}

function findingOfAudit({ audit_entries: entries, audit_broken_at: brokenAt }: Facts): Finding {
  if (brokenAt === null) {
    return finding('good', `操作日志:${entries} 条,链条成立`, `Audit: ${entries} entries, the chain holds`);
  }
  return finding(
    'bad',
    `操作日志从第 ${brokenAt} 条起不成立:记录被绕过本系统改动过,请与备份核对`,
    `The audit does not hold from number ${brokenAt}: entries were changed behind this system; compare with a backup`,
  );
}

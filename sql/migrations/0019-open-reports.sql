-- Reports that wait for somebody or were returned: few of very many.
create index mine_site_report_open on app.mine_site_report (state, period, site_code)
  where state in ('submitted', 'county_passed', 'returned');

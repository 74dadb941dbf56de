-- Evidence: the same file for the same purpose stands once per site, however often and from wherever it is sent.
create unique index attachment_once on app.attachment
  (site_code, sha256, (coalesce(moment, '')), (coalesce(purpose, '')), (coalesce(period, '')))
  where withdrawn_at is null;

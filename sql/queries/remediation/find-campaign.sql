-- Purpose: the campaign (任务) that progress is told of: the one that began last.
-- Parameters: none. Result: no row or one. Index used: none, the table is tiny.
select c.id::text as id,
  c.code,
  c.name,
  c.name_en,
  c.document,
  c.base_count,
  c.base_area_m2,
  c.area_basis,
  c.from_on::text as from_on,
  c.to_on::text as to_on
from app.campaign as c
order by c.from_on desc, c.id desc
limit 1;

-- Purpose: treated area of patches.
-- Parameters: one array each: $1 text codes of patches, $2 double precision m², $3 date since when. Result: none.
-- Index used: mine_patch_code.
update geo.mine_patch as p
set treated_area_m2 = n.area, treated_on = n.day
from unnest($1::text[], $2::double precision[], $3::date[]) as n (code, area, day)
where p.code = n.code

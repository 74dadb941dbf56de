-- Purpose: photos that are the same or look the same, of whichever site, the oldest first; withdrawn ones do not count.
-- Parameters: $1 text hash of the bytes; $2 text likeness (64 bits in hex; null: bytes only); $3 integer bits that may differ.
-- Result: at most 20 rows: id, site_code, site_name ('' for a site that was removed).
-- Index used: attachment_sha256; the likenesses of all photos are compared one by one.
select a.id::text as id, a.site_code, coalesce(s.name, '') as site_name
from app.attachment as a
left join geo.mine_site as s on s.code = a.site_code
where a.kind = 'photo' and a.withdrawn_at is null
  and (a.sha256 = $1
    or bit_count(('x' || a.likeness)::bit(64) # ('x' || $2::text)::bit(64)) <= $3::integer)
order by a.id
limit 20

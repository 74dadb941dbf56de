-- Purpose: change sets, the newest first, and what stands in the way of taking each back.
-- Parameters: $1 bigint before this id or null, $2 integer how many, $3 bigint only this one or null.
-- Result: ids as text, the instant as ISO text in UTC, documents as JSON. is_marked_since: of one of its sites something was
-- recorded later, or its events went with the sample; is_opened: the next level has opened one of the reports it submitted.
-- Index used: change_set_pkey, change_set_undone_once, mine_site_event_change_set, mine_site_event_site.
select c.id::text as id,
  c.kind,
  c.title,
  c.document_number,
  c.actor_id,
  c.actor,
  to_char(c.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as made_at,
  c.site_count,
  c.undoes_id::text as undoes_id,
  u.id::text as undone_by_id,
  coalesce((
    select jsonb_agg(jsonb_build_object('documentId', d.sha256, 'fileName', d.file_name, 'mediaType', d.media_type,
      'byteSize', d.byte_size) order by d.file_name)
    from app.change_set_document as d where d.change_set_id = c.id), '[]'::jsonb) as documents,
  u.id is null and c.kind <> 'undo' and coalesce((
    select bool_or(exists (
      select 1 from app.mine_site_event as v
      where v.site_code = e.site_code and v.seq > e.seq and v.change_set_id is distinct from c.id))
    from app.mine_site_event as e
    where e.change_set_id = c.id), true) as is_marked_since,
  u.id is null and c.kind in ('no_progress', 'workbook') and exists (
    select 1
    from app.mine_site_event as e
    join app.mine_site_report as r on r.id = e.report_id
    where e.change_set_id = c.id and r.opened_at is not null) as is_opened
from app.change_set as c
left join app.change_set as u on u.undoes_id = c.id
where ($1::bigint is null or c.id < $1::bigint) and ($3::bigint is null or c.id = $3::bigint)
order by c.id desc
limit $2::integer

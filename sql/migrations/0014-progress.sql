-- What progress asks of all sites at once: the newest day any event decides about.
create index mine_site_event_day on app.mine_site_event (effective_on) where sets_state;

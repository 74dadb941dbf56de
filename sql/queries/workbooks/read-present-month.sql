-- Purpose: the month that is being reported: that of the work day. Parameters: none. Result: one row: period, YYYY-MM.
-- Index used: dataset_layer.
select to_char(app.work_day(), 'YYYY-MM') as period

case when whole <> 0 then part / whole end

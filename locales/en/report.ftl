# The checking service's report, in the panel and on the link's page. What each check says is in the catalogues of
# `crates/entra` and `crates/credential`; other languages say it in `reasons.ftl`.

report-passed = Everything is in place
report-passed-lead = Microsoft accepted the values and the permissions are there.
report-failed = Not yet right
report-failed-lead = Something has to be mended first. Each line says what and where.
report-pending = Waiting for Microsoft
report-pending-lead = A change was made a moment ago and has not reached every server. This asks again by itself.
report-could-not-tell = Could not tell
report-could-not-tell-lead = There was no clear answer. Nothing is taken as proved.
report-again = Asking again in { $n } s.
report-checks-passed = { $n ->
    [one] { $n } check passed
   *[other] { $n } checks passed
}
report-surplus = More than was asked for
report-not-checked = Not looked at
report-when = Checked { MOMENT($when) }
report-mend = Go to step
report-mend-at = Go to step: { $title }
report-reference = For your sign-in logs and for support
report-ask = Find these sign-ins in your own logs
report-ask-place = Log Analytics, or **Sign-in logs** > **Service principal sign-ins** in the Entra admin center
report-ask-copy = Copy the query
verdict-passed = Passed
verdict-failed = Failed
verdict-pending = Waiting

# What a value may have been meant to be: fills `did-you-mean`.
slip-with = it with { $slip }

# How far the vendor is with what was handed over.
standing-handed-over = The vendor has not collected it yet.
standing-collected = The vendor has collected it.
standing-acknowledged = The vendor has it safe, and this service has deleted it.
standing-deleted = The vendor did not confirm it in time, and this service has deleted it. Ask the vendor what is still needed.
standing-first-data = The vendor sees first data: it works.
standing-proved = The vendor has proved that it works.
standing-not-proved = The vendor has tried it, and it does not work.
proof-pending = The vendor has not tried it yet.
    .next = Nothing is left to do here; look again later.
proof-passed = The vendor has tried it: Microsoft accepts it.
    .next = Nothing is left to do.

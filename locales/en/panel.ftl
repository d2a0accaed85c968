# The side panel. `**…**` is printed strong, `` `…` `` as code.

opening = Opening…
panel-fell = Handrail's panel failed. Nothing of the run is lost: open the panel again.
panel-fell-again = Open again

## The list of guides

sheet-title = Before you begin
settings = Settings
settings-close = Close settings
home-lead = Choose what you want to set up. First you see everything that will be changed; nothing happens before you begin.
home-runs = Under way
run-continue = Continue
run-continue-here = Continue in this tab
run-progress = { $done } of { $total } steps
home-guides = Guides
guide-steps = { $vendor } · { $steps ->
    [one] { $steps } step
   *[other] { $steps } steps
}
guide-see = See what it does

## Settings

settings-language = Handrail's language
settings-language-browser = As the browser
settings-origins = Where values may be checked
origin-by-policy = approved by your organisation
origin-take-back = Take approval back
origin-not-approved = not approved
vendors = Vendors whose keys are remembered
vendors-lead = A later link has to be signed by these keys, or by keys that they vouch for. Domains and public keys alone are kept, on this computer.
vendors-since = since { $day }
vendors-forget = Forget { $vendor }
labels = Labels of the portal's controls
labels-packaged = They came with the extension.
labels-number = Number { $n }, signed, came later.
labels-look = Look for newer ones at { $origin }
labels-back = Back to those of the extension
labels-looking = Looking…
labels-taken = Newer labels are in use from the next guide you begin.
labels-unreachable = Nothing could be fetched there. The labels here go on working.
labels-not-newer = There is nothing newer there, or it was called back. Nothing has changed.
labels-other-version = What is there is for another version of Handrail. Update the extension first.
labels-refused = What is there is not signed by anybody trusted, or says more than labels. Nothing of it is used.
settings-health = How well the guides found their way
settings-health-lead = Which way of finding a control worked or failed, where, in which language. No personal data; it stays on this computer until you save it and hand it on.
health-records = { $n ->
    [one] { $n } record
   *[other] { $n } records
}
health-found = found by way { $n }
health-hidden = there, but hidden
health-several = there more than once
health-page = found, but not sure that it is its page
health-none = not found
health-keep = Keep it
health-stop = Stop keeping it
health-save = Save as file
health-forget = Forget

## The sheet to be approved

sheet-from-link = { $vendor } · the link is from { $link }
sheet-from-you = { $vendor } · started by you, not from a link
questions = Questions: { $support }
sheet-changes = What will be changed
sheet-permissions = Permissions
sheet-leaves = What leaves your directory
sheet-roles = Who can do this
sheet-prerequisites = Before you begin
sheet-undo = How it is undone
sheet-not-checked = What is not checked
sheet-steps = { $n ->
    [one] The one step
   *[other] The { $n } steps
}
sheet-corrections = Where this differs from the vendor's document
correction-said = The document: { $said }
correction-today = Today: { $today }
permission-application = application
permission-delegated = delegated
danger-high = risk high
danger-tier-0 = tier-0: whoever holds it can take over the directory
known-page = The page shows it: { $how }.
known-command = The output of this command tells it: `{ $how }`.
known-document = A public document tells it: { $how }.
known-nobody = Nothing tells it, it is a question. { $how }.
known-page-alone = The page shows it.
known-command-alone = The output of a command tells it.
known-document-alone = A public document tells it.
known-nobody-alone = Nothing tells it, it is a question.
prerequisite-otherwise = Otherwise: { $consequence }
sheet-origin = Values can be checked at { $origin }. Nothing is sent without a press.
sheet-origin-practice = Values can be checked at the practice service { $origin }. Nothing is sent without a press.
sheet-origin-none = No checking service is set; nothing is sent anywhere.
sheet-live-none = None of this guide's pages has yet been confirmed on the live portal. If a button looks different, the words on the card still lead you.
sheet-live = { $n } of { $all } pages of this guide have been confirmed on the live portal.
sheet-digest = Guide
sheet-portal = Be guided in
portal-azure = the Azure portal
portal-entra = the Entra admin center
sheet-not-now = Not now
sheet-print = Print to get it approved
sheet-begin = Begin
go-on = Go on

## What for, with which credential, by whom

mode-run = Set it up
mode-check = Check values
mode-adopt = Use an app that is there
mode-renew = Renew the credential
mode-remove = Remove it
credential-with = With a
credential-secret = client secret
credential-certificate = certificate
credential-federated = federated credential, nothing secret
handed-at = A colleague hands this to you at the step **{ $step }**.
handed-in = It was begun in **{ $directory }** and goes on there alone.
take-over = Go on for a colleague
take-over-paste = Paste what the colleague sent
colleague = A button is grey, or a role is missing?
colleague-lead = A role that is only **eligible** (Privileged Identity Management) has to be activated first; then sign out and in again. A partner's account needs the role in its relationship (GDAP) with this directory. Otherwise hand the run to somebody who has the role: it goes on at this step in that person's browser, and no secret travels.
colleague-hand = Hand it to a colleague
copied = Copied
copy-text = Copy the text
copy-link = Copy as link
refused = The portal does not let me
refused-ask = A policy of the directory may forbid new secrets or cap their life. **Shorter** often works: choose an earlier end. If it is forbidden altogether, ask { $vendor } for a certificate or a federated credential, or ask whoever set the policy for an exception for this one app.
refused-other = A policy of the directory may forbid new secrets or cap their life. **Shorter** often works: choose an earlier end. { $vendor } accepts another credential too, which such a policy leaves alone; what you have done so far stays.
refused-secret = Go on with a client secret
refused-certificate = Go on with a certificate
refused-federated = Go on with a federated credential, nothing secret

## A run

directory = Directory
directory-unknown = will be read from the page
stopped = The guide has stopped. It was begun in **{ $was }**; the tab now shows **{ $now }**. Switch back with the directory menu at the top right of the portal.
stopped-back = The tab is back in **{ $was }**.
paused = Paused. Nothing is shown on the page.
step-of = Step { $n } of { $total }
why = Why
save-as = Save as { $name }
back = Back
back-to-step = Take me back
looking = Looking for it on the page…
not-found = Not found on the page yet. Look for { $called }.
not-found-it = Not found on the page yet.
several = There is more than one thing on the page that looks like { $called }, so no ring is drawn.
several-it = There is more than one thing on the page that looks like it, so no ring is drawn.
ask-for-access = Give Handrail access
open-page = Open the page
skip = Skip
all-done = All steps are done.
all-done-next = Hand the values over if you have not, then close the guide; that wipes them here.
renew-by = The credential ends on **{ $day }**, as the portal shows it. Renew it before: this guide has its own way for that.
steps-done = Steps · { $over } of { $total } done
step-todo = to do
step-current = now
step-done = done
step-already = was so before
step-skipped = skipped
go-to-step = Go to this step
undo-how = How to undo it
cancel-lead = This forgets the run and wipes the values here. What was changed in the portal stays.
cancel-no = Keep it
restart = Begin again
cancel-yes = Forget and wipe
pause = Pause
cancel = Cancel
close = Close and wipe

## Said aloud

aloud-other-directory = The guide has stopped: the tab shows another directory.
aloud-paused = Paused.
aloud-step = Step { $n }: { $title }
aloud-passed = Check passed.
aloud-failed = Check failed.
aloud-pending = Waiting; the check is repeated by itself.
aloud-could-not-tell = The check could not tell.

## Values and the check

values = Values
reads-itself = Read from the page as soon as it shows them.
reads-itself-not = Read only when I say so
reads-on-press = Read from the page only when you say so.
reads-on-press-not = Read by themselves
read-now = Read from the page
value-missing = still missing
value-good = checked
value-overruled = kept by you
value-bad = something is wrong
value-vendor-label = the vendor says “{ $label }”
value-wiped = It was wiped from memory. Paste it again.
value-from-page = read from the page
value-pasted = pasted
value-hide = Hide
value-show = Show
value-remove = Remove
value-remove-this = Remove { $label }
did-you-mean = Did you mean { $words }?
use-it = Use it
paste-another = Paste another
paste-here = Paste it here, or copy it on the page
check = Check
check-with = Check with { $origin }
values-missing = Missing, or something is wrong with it: { $values }.
approve-lead = The values, the secret too, would be sent to **{ $origin }** to be tried against Microsoft. Is that the address you expect?
approve-lead-practice = The values, the secret too, would be sent to **{ $origin }** to be tried against Microsoft. It is a practice service. Is that the address you expect?
approve = Approve { $origin }
prove = Prove it
prove-paste = Paste the old secret: { $origin } has it tried, and keeps it nowhere.

## Handing over

hand-over-lead = These are the vendor's own words for the values, in the vendor's order. A secret in a mail can be read on the way: send it over the way the vendor names, never by plain mail.
hand-over-hide = Hide again
hand-over-show = Show in clear
hand-over-copy = Copy as text

## Records of changes

record = Record of changes
records = Records of changes ({ $n })
records-due = Still to be undone
record-forget = Forget this record
record-by = By { $who }
record-save-text = Save as text
record-save-json = Save as JSON
record-when = { MOMENT($when) }
made-done = done
made-was-so = was so before
made-not-done = not done
undone-when = undone { MOMENT($when) }
undone-not = Not undone after all
undone-it-is = It is undone
undo-due = to be undone
undo-in-place = in place

## A vendor's link

link-share = Tell { $vendor } which step I am at
link-share-not = Stop telling { $vendor } which step I am at
link-no-secret = The vendor asks for no secret under this link, and this way would make one.
    .next = Close this panel and open it again on the link's page, or hand over on that page.
link-sealed = Sealed here, so that only { $vendor } can open it, and sent to { $origin }.
link-handed-over = Handed over to { $vendor }. No secret is left here.
